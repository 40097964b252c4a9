import 'reflect-metadata';
import { loadSettings } from '#config';
import { runProcess } from '#runtime';
import { standalonePlan } from './standalone-plan.js';

await runProcess((env) => standalonePlan(loadSettings('standalone', env), (line) => process.stdout.write(`${line}\n`)));
