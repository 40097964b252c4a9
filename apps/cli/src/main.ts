#!/usr/bin/env node
import 'reflect-metadata';
import { hecto } from './program.js';

try {
  const program = await hecto(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
