import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import { asciiOctets } from '#lib/core/dlms/axdr/build.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame } from '#lib/core/dlms/hdlc/frame.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { addParity, BREAK_MESSAGE, optionSelect } from '#lib/core/dlms/opening/identification.ts';
import { type DoctorSettings, examineLine } from '#lib/core/field/doctor/examine.ts';
import type { DoctorFinding } from '#lib/core/field/doctor/finding.ts';
import {
	DOCTOR_LONGEST_MS,
	DOCTOR_STEPS,
	DOCTOR_TIMES,
	type Trial,
} from '#lib/core/field/doctor/trial.ts';

const SILENCE = new Uint8Array();
const frame = (type: 'UA' | 'DM', address = meterAddress(1)): Uint8Array =>
	encodeFrame({
		segmented: false,
		destination: clientAddress(16),
		source: address,
		control: { type, pollFinal: true },
		information: SILENCE,
	});
const IDENTIFICATION = addParity(asciiOctets('/TKL5\\2TOKENLINE\r\n'));

/** Reopening a port; the slowest adapters. */
const REOPEN_MS = 300;

/** The longest a trial may take that heard this. */
function longestOf({ port, says, pauseMs, waitMs }: Trial, octets: Uint8Array): number {
	const octetMs = 10_000 / port.baud;
	const saidMs = says.reduce((sum, word) => sum + word.length * octetMs + pauseMs, REOPEN_MS);
	const answerMs = octets.length > 0 ? octets.length * octetMs + DOCTOR_TIMES.quietMs : 0;
	return saidMs + waitMs + answerMs;
}

/** Examines a line that answers a trial with `hear`; every trial it took, and how long at most. */
function examine(hear: (trial: Trial) => Uint8Array, settings: DoctorSettings = {}) {
	const trials: Trial[] = [];
	const examination = examineLine(settings);
	let totalMs = 0;
	let next = examination.next();
	while (!next.done) {
		const trial = next.value;
		trials.push(trial);
		const octets = hear(trial);
		const tookMs = longestOf(trial, octets);
		totalMs += tookMs;
		const endMs = octets.length > 0 ? 200 : 0;
		next = examination.next({ octets, said: trial.says, endMs, tookMs, flawed: 0 });
	}
	return { trials, totalMs, finding: next.value };
}

const isDisc = (word: Uint8Array): boolean =>
	new FrameSplitter().push(word)[0]?.control.type === 'DISC';
const isSnrm = (word: Uint8Array): boolean =>
	new FrameSplitter().push(word)[0]?.control.type === 'SNRM';

/** Things a line may say, sense and nonsense. */
const anything = fc.oneof(
	fc.constant(SILENCE),
	fc.constantFrom(frame('UA'), frame('DM'), frame('UA', meterAddress(1, 17)), IDENTIFICATION),
	fc.uint8Array({ maxLength: 40 }),
	fc.constant(addParity(optionSelect(9600))),
);

const OPTIONS = [300, 600, 1200, 2400, 4800, 9600, 19_200].map((baud) =>
	String.fromCharCode(...optionSelect(baud)),
);

describe('an examination', () => {
	it('ends with one finding in bounded time, whatever the line says', () => {
		fc.assert(
			fc.property(
				fc.array(anything, { minLength: 1, maxLength: 60 }),
				fc.boolean(),
				(said, echo) => {
					let turn = 0;
					const { totalMs, finding } = examine((trial) => {
						turn += 1;
						const answer = said[turn % said.length] as Uint8Array;
						return echo ? concatBytes(...trial.says, answer) : answer;
					});
					expect(finding.kind).not.toBe('');
					expect(totalMs).toBeLessThan(DOCTOR_LONGEST_MS);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('never says anything but a sign-on, an option select, a break, DISC and SNRM', () => {
		fc.assert(
			fc.property(fc.array(anything, { minLength: 1, maxLength: 20 }), (said) => {
				let turn = 0;
				const { trials } = examine(() => said[(turn += 1) % said.length] as Uint8Array);
				for (const word of trials.flatMap(({ says }) => says)) {
					const text = String.fromCharCode(...word.map((octet) => octet & 0x7f));
					const harmless =
						isDisc(word) ||
						isSnrm(word) ||
						text === '/?!\r\n' ||
						OPTIONS.includes(text) ||
						formatHex(word) === formatHex(addParity(BREAK_MESSAGE)) ||
						word.every((octet) => octet === 0);
					expect(harmless, formatHex(word)).toBe(true);
				}
			}),
		);
	});

	it('leaves no connection open: DISC follows each SNRM, or is what is left to say', () => {
		fc.assert(
			fc.property(fc.array(anything, { minLength: 1, maxLength: 20 }), (said) => {
				let turn = 0;
				const { trials } = examine(() => said[(turn += 1) % said.length] as Uint8Array);
				for (const [index, { says, farewell }] of trials.entries()) {
					const last = says.findLastIndex(isSnrm);
					if (last < 0) continue;
					const after = trials.slice(index + 1).flatMap((trial) => trial.says);
					const closed = [...says.slice(last + 1), ...after].some(isDisc);
					expect(closed).toBe(true);
					expect(farewell.some(isDisc) || says.slice(last + 1).some(isDisc)).toBe(true);
				}
			}),
		);
	});

	it('tells how far it is, never less than before, and knows its steps', () => {
		const { trials, finding } = examine(() => SILENCE);
		expect(finding).toEqual({ kind: 'nothing-heard' });
		const steps = trials.map(({ step }) => step);
		for (const [index, { at, of, name, silent }] of steps.entries()) {
			expect(at).toBeGreaterThanOrEqual(steps[index - 1]?.at ?? 1);
			expect(at).toBeLessThanOrEqual(of);
			expect(DOCTOR_STEPS).toContain(name);
			expect(silent).toBe(true);
		}
		expect(steps.at(-1)?.at).toBe(steps.at(-1)?.of);
	});

	it('asks only what the medium can carry', () => {
		const { trials, finding } = examine(() => SILENCE, { rates: false });
		expect(new Set(trials.map(({ port }) => port.baud))).toEqual(new Set([9600]));
		expect(finding).toEqual({ kind: 'nothing-heard' });
		const talks = examine(
			({ says: [word] }) => (word && isSnrm(word) ? frame('UA') : word ? frame('DM') : SILENCE),
			{ rates: false },
		);
		expect(talks.finding).toMatchObject({ kind: 'healthy', line: { opening: 'direct-hdlc' } });
	});
});

describe('a finding without a session', () => {
	const kindOf = (finding: DoctorFinding | undefined): string | undefined => finding?.kind;

	it('is that HDLC takes no connection, where DISC is answered and SNRM is not', () => {
		const { finding } = examine(({ port, says: [word] }) =>
			port.baud === 9600 && word && isDisc(word) ? frame('DM') : SILENCE,
		);
		expect(finding).toEqual({ kind: 'no-connection', baud: 9600, address: meterAddress(1) });
	});

	it('is that there is no HDLC, where only the sign-on is answered', () => {
		const { finding } = examine(({ says: [word] }) =>
			word && formatHex(word) === 'af3f218d0a' ? IDENTIFICATION : SILENCE,
		);
		expect(finding).toMatchObject({ kind: 'no-hdlc', identification: { maker: 'TKL' } });
	});

	it('is rubbish at one rate, and noise where it is at several', () => {
		const rubbish = Uint8Array.of(0x12, 0x9c, 0x33, 0x71, 0x00, 0xfe);
		const at = (...rates: number[]) =>
			kindOf(
				examine(({ port, says }) =>
					says.length > 0 && rates.includes(port.baud) && port.parity === 'none'
						? rubbish
						: SILENCE,
				).finding,
			);
		expect(at(9600)).toBe('garbled');
		expect(at(2400)).toBe('garbled');
		expect(at(9600, 2400)).toBe('only-noise');
	});

	it('is noise where something comes before anybody asked', () => {
		const { finding } = examine(({ step }) =>
			step.name === 'listen' ? Uint8Array.of(0x55) : SILENCE,
		);
		expect(finding).toEqual({ kind: 'only-noise' });
	});
});
