/**
 * Loaded before a process (`node --import`): its clock is the machine's and what a file says, in
 * milliseconds. Whoever writes the file moves the clock of every process that reads it.
 */
import { readFileSync } from 'node:fs';

const path = process.env.TEST_CLOCK_FILE;
const machine = Date.now;
let readAtMs = 0;
let offsetMs = 0;

/** Looked up at most every few milliseconds: a clock is asked often. */
function offset() {
	const nowMs = machine();
	if (path !== undefined && Math.abs(nowMs - readAtMs) > 20) {
		readAtMs = nowMs;
		try {
			offsetMs = Number(readFileSync(path, 'utf8')) || 0;
		} catch {
			// Being written at this moment: the last one holds.
		}
	}
	return offsetMs;
}

Date.now = () => machine() + offset();
