/** How a terminal is set: by `stty`, which every system with terminals has, so that no native code is needed. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import type { LineSettings } from '#lib/link/line.ts';
import { LinkFault } from '#lib/link/link-fault.ts';

/** Octets as they are, nobody's job control, the lines that power a probe left alone. */
const PLAIN = [
	'raw',
	'-echo',
	'-iexten',
	'clocal',
	'cread',
	'-hupcl',
	'-crtscts',
	'-ixon',
] as const;

const PARITY = {
	none: ['-parenb'],
	even: ['parenb', '-parodd'],
	odd: ['parenb', 'parodd'],
} as const;

/** Nothing sensible takes longer: `stty` waits for what was sent to leave. */
const TIMEOUT_MS = 10_000;

/** The words that set a rate and a form. A pty has no form: octets cross it whole. */
export function sttyWords({ baud, dataBits, parity }: LineSettings, isPty: boolean): string[] {
	const form = isPty ? [] : [`cs${dataBits}`, '-cstopb', ...PARITY[parity]];
	return [...PLAIN, String(baud), ...form];
}

/** Sets a terminal that is open. @throws {LinkFault} `settings-refused`, `unplugged` */
export async function setTerminal(path: string, settings: LineSettings): Promise<void> {
	const device = process.platform === 'darwin' ? '-f' : '-F';
	const words = [device, path, ...sttyWords(settings, isPty(path))];
	await new Promise<void>((resolve, reject) => {
		execFile('stty', words, { timeout: TIMEOUT_MS }, (error, _output, complaint) => {
			if (!error) resolve();
			else reject(new LinkFault(whySttyFailed(complaint), error));
		});
	});
}

/** What a complaint of `stty` means. */
export function whySttyFailed(complaint: string): 'settings-refused' | 'unplugged' {
	return /no such|input\/output error|not a typewriter|inappropriate ioctl/i.test(complaint)
		? 'unplugged'
		: 'settings-refused';
}

function isPty(path: string): boolean {
	try {
		return realpathSync(path).startsWith('/dev/pts/');
	} catch {
		return false;
	}
}
