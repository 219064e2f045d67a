/** Finds what the tests make a serial port of; on Debian it can be installed. */
import { spawnSync } from 'node:child_process';
import { findOrInstall } from './debian.mjs';

/** What a real serial port in a real browser needs beside Chromium. */
export const NO_SERIAL_TOOLS =
	'no socat or no C compiler here; install them (on Debian: apt-get install gcc libc6-dev socat)';

/** @returns {true | undefined} whether ptys can be had, and test equipment compiled */
export function findSerialTools() {
	const compiled = spawnSync('gcc', ['-E', '-include', 'sys/inotify.h', '-x', 'c', '-'], {
		input: '',
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	return (compiled.status === 0 && spawnSync('socat', ['-V']).status === 0) || undefined;
}

/** @returns {true | undefined} whether they are there, installed where that is possible */
export function ensureSerialTools() {
	// The headers are only recommended by the compiler.
	return findOrInstall(
		findSerialTools,
		'Installing socat and a C compiler from Debian for the tests of serial ports …',
		['gcc', 'libc6-dev', 'socat'],
	);
}
