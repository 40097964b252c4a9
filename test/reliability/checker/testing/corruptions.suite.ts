import { SPOILT_READING } from './corruptions/reading.suite.js';
import { SPOILT_SENDS } from './corruptions/sends.suite.js';
import { SPOILT_STORED } from './corruptions/stored.suite.js';
import { SPOILT_WINDOWS } from './corruptions/windows.suite.js';

/** Every way in which a run is spoilt. A new one goes into the list of what it spoils. */
export const CORRUPTIONS = [...SPOILT_STORED, ...SPOILT_SENDS, ...SPOILT_WINDOWS, ...SPOILT_READING];
