import { describe, expect, it } from 'vitest';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { DoctorFindingKind, LineExpectation } from '#lib/core/field/doctor/finding.ts';
import type { DoctorStep } from '#lib/core/field/doctor/trial.ts';
import { askDoctor, DOCTOR_LONGEST_MS, type DoctorWishes } from '#lib/link/doctor.ts';
import { HDLC_RATES, LINE_FAULT_NAMES, type LineFaultName } from '#lib/link/line-faults.ts';
import type { SimulatedMeterSettings } from '#lib/link/simulated-meter.ts';
import { meterOnLine } from './meter-on-line.ts';

/** What a technician's app believes of each of the two meters. */
const EXPECTATIONS = {
	'mode-e': { openings: ['mode-e'], baud: 9600, address: meterAddress(1) },
	direct: { openings: ['direct-hdlc'], baud: 9600, address: meterAddress(1) },
} as const satisfies Record<string, LineExpectation>;
type MeterKind = keyof typeof EXPECTATIONS;

async function examine(
	kind: MeterKind,
	faults: readonly LineFaultName[],
	settings: Partial<SimulatedMeterSettings> = {},
	wishes: DoctorWishes = { expectation: EXPECTATIONS[kind] },
) {
	const { timer, line } = meterOnLine({
		manner: { opening: kind },
		...settings,
		faults,
	});
	const fromMs = timer.nowMs();
	const steps: DoctorStep[] = [];
	const outcome = await timer.run(
		askDoctor(line.port, timer, { ...wishes, onStep: (step) => steps.push(step) }),
	);
	return { outcome, steps, tookMs: timer.nowMs() - fromMs, line, timer };
}

type Expected = DoctorFindingKind | Partial<Record<MeterKind, DoctorFindingKind>>;

/** What the doctor must name, by what is planted; one name for both meters, or one each. */
const NAMED: Readonly<Record<LineFaultName, Expected>> = {
	echo: 'echo',
	silence: 'nothing-heard',
	'dead-probe': 'nothing-heard',
	'echo-alone': 'echo-alone',
	'meter-unheard': 'nothing-heard',
	'we-unheard': 'nothing-heard',
	noise: 'noise',
	preamble: 'healthy',
	'stuck-bit': 'stuck-bit',
	'octets-lost': 'octets-lost',
	'mode-e-only': { 'mode-e': 'healthy', direct: 'mode-e-only' },
	'confirms-not': 'healthy',
	'wants-disc': 'healthy',
	slow: 'healthy',
	asleep: 'asleep',
	'left-open': 'left-open',
	'left-open-by-another': 'left-open',
	'left-programming': 'left-open',
	'opening-7o1': { 'mode-e': 'wrong-form', direct: 'healthy' },
	'opening-8n1': { 'mode-e': 'wrong-form', direct: 'healthy' },
	'hdlc-8e1': 'wrong-form',
	'hdlc-8o1': 'wrong-form',
	'wrong-baud': 'wrong-baud',
	'address-1': 'healthy',
	'address-2': 'wrong-address',
	'address-4': 'wrong-address',
	'address-serial': 'wrong-address',
	'direct-300': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-600': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-1200': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-2400': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-4800': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-9600': { 'mode-e': 'direct-hdlc-only', direct: 'healthy' },
	'direct-19200': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-38400': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-57600': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
	'direct-115200': { 'mode-e': 'direct-hdlc-only', direct: 'wrong-baud' },
};

const namedFor = (name: LineFaultName, kind: MeterKind): DoctorFindingKind => {
	const expected = NAMED[name];
	return typeof expected === 'string' ? expected : (expected[kind] as DoctorFindingKind);
};

describe.each(['mode-e', 'direct'] as const)('the doctor, on a %s meter', (kind) => {
	it.each(['lost', 'handed-over'] as const)(
		'names nothing where nothing is wrong (%s)',
		async (flawed) => {
			for (const reopenMs of [3, 50, 300]) {
				const { outcome, tookMs } = await examine(kind, [], { flawed, reopenMs });
				console.log(kind, flawed, reopenMs, tookMs);
				expect(outcome.kind).toBe('healthy');
			}
		},
	);

	it.each(LINE_FAULT_NAMES)('names exactly what is planted: %s', async (name) => {
		for (const flawed of ['lost', 'handed-over'] as const) {
			const { outcome, tookMs, steps } = await examine(kind, [name], { flawed });
			console.log(kind, name, flawed, Math.round(tookMs), steps.length);
			expect(outcome.kind).toBe(namedFor(name, kind));
			expect(tookMs).toBeLessThan(DOCTOR_LONGEST_MS);
		}
	});
});
void HDLC_RATES;
