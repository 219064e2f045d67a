/**
 * Serial ports for a real Chromium: ptys that a preloaded shim (`tty-shim.c`) shows it as USB serial ports.
 * The shim hides every other device of the machine; a page still looks at a port's ids before it opens it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pty } from './pty.ts';

/** The probe that every port here claims to be: an FT232R. */
export const FAKE_PROBE = { vendorId: 0x0403, productId: 0x6001 } as const;

const SHIM = fileURLToPath(new URL('tty-shim.c', import.meta.url));

export class FakeSerialPorts {
	/** What is in here is plugged in. */
	readonly folder = mkdtempSync(join(tmpdir(), 'tokenline-tty-'));
	readonly #shim = join(this.folder, 'shim.so');

	constructor() {
		execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', this.#shim, SHIM, '-ldl']);
	}

	/** What Chromium is started with. */
	get env(): Readonly<Record<string, string>> {
		return { LD_PRELOAD: this.#shim, FAKE_TTY_DIR: this.folder, FAKE_TTY_KEEP_TX: '1' };
	}

	/** Lets pages of `origin` have the ports of these names without asking, in a profile not yet used. */
	grant(profile: string, origin: string, names: readonly string[] = ['ttyUSB0']): void {
		const objects = names.map((name) => ({
			name: 'Optical probe',
			vendor_id: FAKE_PROBE.vendorId,
			product_id: FAKE_PROBE.productId,
			serial_number: name,
		}));
		const granted = {
			[`${origin},*`]: {
				last_modified: '13300000000000000',
				setting: { 'chosen-objects': objects },
			},
		};
		const exceptions = { serial_chooser_data: granted };
		mkdirSync(join(profile, 'Default'), { recursive: true });
		writeFileSync(
			join(profile, 'Default/Preferences'),
			JSON.stringify({ profile: { content_settings: { exceptions } } }),
		);
	}

	plugIn(name = 'ttyUSB0'): Promise<Pty> {
		return Pty.plugIn(join(this.folder, name));
	}

	/**
	 * Plugs in a port whose far end is a terminal for another program, `npm run meter -- --pty`; pulls it out
	 * when called.
	 */
	plugInTowards(farLink: string, name = 'ttyUSB0'): Promise<() => Promise<void>> {
		return Pty.between(join(this.folder, name), farLink);
	}

	/** What was done to a port: `open`, `termios 300 7E1`, `lines dtr=1 rts=1`, `drain`, `flush both`. */
	log(name = 'ttyUSB0'): string[] {
		const path = join(this.folder, `${name}.log`);
		if (!existsSync(path)) return [];
		return readFileSync(path, 'utf8').trimEnd().split('\n');
	}

	/** Another program has a port, or has let go of it. */
	setBusy(busy: boolean, name = 'ttyUSB0'): void {
		const path = join(this.folder, `${name}.busy`);
		if (busy) writeFileSync(path, '');
		else rmSync(path, { force: true });
	}

	dispose(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
