import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, type TestContext } from 'vitest';
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { askDoctor } from '#lib/link/doctor.ts';
import { LINE_FAULT_NAMES, LINE_FAULTS, type LineFaultName } from '#lib/link/line-faults.ts';
import { parseChoices, USAGE } from '../../../src/cli/meter/choices.ts';
import { NODE_TIMER } from '../../../src/cli/meter/node-timer.ts';
import { answerOnTerminal, lineNotice } from '../../../src/cli/meter/serve-line.ts';
import { makeTerminal, openTerminal } from '../../../src/cli/meter/terminal.ts';
import { startMeter, TEST_METER } from '../../../src/cli/meter/test-meter.ts';
import { canMakePty, NO_PTY, ptyPort } from './pty-port.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const end of ending.splice(0)) await end();
});

const line = (...words: string[]) => {
	const choices = parseChoices(['--make-pty', '/tmp/meter', ...words]);
	if (!choices) throw new Error('understood as a cry for help');
	return choices.line;
};

describe('the line on the command line', () => {
	it('is direct HDLC without pace, unless something is said', () => {
		expect(parseChoices(['--pty', '/dev/ttyS9'])?.line).toEqual({
			makeTerminal: undefined,
			opening: 'direct',
			baud: 9600,
			pace: false,
			reactionMs: 0,
			heedBaud: false,
			faults: [],
			seed: 1,
		});
		expect(lineNotice(line())).toBe('hdlc at 9600 baud');
	});

	it('is what is said', () => {
		const said = line('--opening', 'mode-e', '--baud', '4800', '--pace', '--echo', '--heed-baud');
		expect(said).toMatchObject({ baud: 4800, reactionMs: 200, faults: ['echo'], heedBaud: true });
		expect(lineNotice(said)).toBe(
			'mode E, 300 to 4800 baud, paced, answers after 200 ms, with echo',
		);
		expect(line('--pace', '--reaction', '20').reactionMs).toBe(20);
		const faulty = line('--line-fault', 'noise', '--line-fault', 'slow', '--line-seed', '7');
		expect(faulty).toMatchObject({ faults: ['noise', 'slow'], reactionMs: 1400, seed: 7 });
		expect(lineNotice(line('--line-fault', 'direct-2400'))).toBe(
			'hdlc at 2400 baud, with direct-2400',
		);
	});

	it.each([
		[['--opening', 'wrapper'], /one of mode-e, direct/],
		[['--baud', '1234'], /one of 300, 600/],
		[['--opening', 'mode-e', '--baud', '115200'], /19200, not 115200/],
		[['--reaction', '1501'], /up to 1500/],
		[['--line-fault', 'rust'], /one of echo, silence/],
		[['--line-fault', 'hdlc-8e1'], /parity/],
		[['--line-fault', 'stutter'], /opened/],
		[['--pty', '/dev/ttyS9'], /only one of them/],
	])('is refused with a sentence: %s', (words, sentence) => {
		expect(() => line(...words)).toThrow(sentence);
	});

	it('cannot heed the rate of a terminal that it did not make', () => {
		expect(() => parseChoices(['--pty', '/dev/ttyS9', '--heed-baud'])).toThrow(/--make-pty/);
	});

	it('offers every fault a terminal can have, each with its meaning', () => {
		expect(USAGE).toContain('--line-fault NAME');
		const readme = readFileSync(
			new URL('../../../src/cli/meter/README.md', import.meta.url),
			'utf8',
		);
		for (const name of LINE_FAULT_NAMES) {
			expect(LINE_FAULTS[name].about).not.toBe('');
			// Named in full, or as one of a row: `direct-300` … `direct-115200`, `address-1`, `-2`, `-4`.
			if (/^(direct|address)-\d/.test(name) || /^(hdlc|stutter)/.test(name)) continue;
			expect(readme).toContain(`\`${name}\``);
		}
	});
});

/** A meter on a pty of its own; undefined where none can be made. */
async function meterOnPty(test: TestContext, ...words: string[]): Promise<string> {
	if (!canMakePty()) test.skip(NO_PTY);
	const folder = mkdtempSync(join(tmpdir(), 'tokenline-line-'));
	const path = join(folder, 'line');
	const choices = parseChoices(['--make-pty', path, ...words]);
	if (!choices) throw new Error('understood as a cry for help');
	const device = new VirtualMeterDevice(
		{ meter: startMeter(TEST_METER, 460, Date.now()), counters: {} },
		{ nowMs: () => Date.now(), random: (octets) => new Uint8Array(octets).fill(7) },
	);
	const terminal = await makeTerminal(path);
	const answering = answerOnTerminal(device, terminal, choices.line, {
		makeSafe: () => undefined,
		failed: () => undefined,
	});
	ending.push(async () => {
		await terminal.transport.close();
		await answering;
		rmSync(folder, { recursive: true });
	});
	return path;
}

const MODE_E = { openings: ['mode-e'], baud: 9600 } as const;
const DIRECT = { openings: ['direct-hdlc'], baud: 9600 } as const;

describe('a meter on a pty', () => {
	it('is found healthy in mode E, at the rates it has', async (test) => {
		const path = await meterOnPty(test, '--opening', 'mode-e', '--heed-baud', '--pace');
		const wishes = { expectation: MODE_E };
		expect(await askDoctor(ptyPort(path), NODE_TIMER, wishes)).toMatchObject({
			kind: 'healthy',
			line: { opening: 'mode-e', baud: 9600, confirms: true, parameters: { infoReceive: 1024 } },
		});
	});

	it.for<[LineFaultName, string]>([
		['echo', 'echo'],
		['stuck-bit', 'stuck-bit'],
		['octets-lost', 'octets-lost'],
		['left-open', 'left-open'],
		['noise', 'noise'],
	])('shows a fault that is planted there: %s', async ([fault, kind], test) => {
		const path = await meterOnPty(test, '--line-fault', fault);
		const outcome = await askDoctor(ptyPort(path), NODE_TIMER, { expectation: DIRECT });
		expect(outcome.kind).toBe(kind);
	});

	it('is gone when nobody answers on it any more', async (test) => {
		const path = await meterOnPty(test);
		expect(existsSync(path)).toBe(true);
		for (const end of ending.splice(0)) await end();
		expect(existsSync(path)).toBe(false);
	});
});

describe('a terminal', () => {
	it('is not made where something is, or where no path can be', async (test) => {
		if (!canMakePty()) test.skip(NO_PTY);
		await expect(makeTerminal('/dev/null')).rejects.toThrow(/there already/);
		await expect(makeTerminal('a,b')).rejects.toThrow(/must be a path/);
		await expect(makeTerminal('/no/such/folder/line')).rejects.toThrow(/socat could not make/);
		expect(() => openTerminal('/dev/null')).toThrow(/no terminal/);
	});
});
