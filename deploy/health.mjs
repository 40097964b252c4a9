// The health check of a container: exit code 0 when the program in it is ready. (The slim image has no curl.)
const port = process.env.HECTO_OPS_PORT ?? '9100';
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4000) }).catch((error) => error);
if (!answer.ok) {
  console.error(answer instanceof Error ? String(answer.cause ?? answer) : await answer.text());
  process.exitCode = 1;
}
