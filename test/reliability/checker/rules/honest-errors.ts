import type { Rule } from '../run/run.js';

/** What no dependency that is away excuses: an error of Hecto's own, or one of HTTP that says nothing. */
const FAULT = /^(internal|http_\d+)$/;

export const honestErrors: Rule = (_run, findings) => ({
  call({ line, end, code, device, asked }) {
    if (code === undefined || !FAULT.test(code)) return;
    findings.add('honest-errors', `${device.userId} asked for ${asked.operation.type}, and the answer was ${code}`, [line, end]);
  },
});
