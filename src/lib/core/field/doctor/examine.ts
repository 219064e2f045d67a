/**
 * The examination: what is tried in which order, and when it is enough. The likely comes first; nothing
 * is ever said but a sign-on, a break, DISC and SNRM, and what SNRM opened DISC closes.
 *
 * Always holds: ends with one finding, within `DOCTOR_LONGEST_MS`, whatever the line says.
 */
import { candidateAddresses } from './addresses.ts';
import { Case, EIGHT_N1, type Trying } from './case.ts';
import type { DoctorFinding, LineExpectation } from './finding.ts';
import { HDLC_FORMS, otherRates, USUAL_BAUD } from './rates.ts';
import {
	afterWaking,
	atRate,
	atUsualRate,
	atUsualRateAgain,
	mended,
	open,
	type Outcome,
} from './stages.ts';
import { DOCTOR_TIMES, type DoctorTimes, type PortForm } from './trial.ts';
import { reachedFinding, unreachedFinding } from './verdict.ts';

/** The doctor's own SAP where nobody says another: the public client, which every meter knows. */
const PUBLIC_CLIENT = 16;
/** What an opening can agree at most. */
const HIGHEST_AGREED = 19_200;

export interface DoctorSettings {
	/** What is believed of the meter; a difference is then a finding. */
	readonly expectation?: LineExpectation;
	/** The meter's serial number, from which some makers make its address. */
	readonly serial?: string;
	readonly client?: number;
	/** The highest rate our port can do. */
	readonly maxBaud?: number;
	/** Whether rates matter on this line: not on TCP. */
	readonly rates?: boolean;
	readonly times?: Partial<DoctorTimes>;
}

type Stage = () => Trying<Outcome>;

/** Examines a line. */
export function* examineLine(settings: DoctorSettings = {}): Trying<DoctorFinding> {
	const { expectation = {}, serial, client = PUBLIC_CLIENT, maxBaud = HIGHEST_AGREED } = settings;
	const examined = new Case({
		expectation,
		addresses: candidateAddresses(expectation, serial),
		client,
		maxBaud,
		times: { ...DOCTOR_TIMES, ...settings.times },
	});
	const stages = settings.rates === false ? stagesOfStream(examined) : stagesOfLine(examined);
	examined.stages = stages.length + 1;
	yield* listen(examined);
	for (const stage of stages) {
		examined.stage += 1;
		const outcome = yield* stage();
		if (outcome?.kind === 'contact') return reachedFinding(examined, outcome);
		if (examined.damage) break;
		if (outcome) return { kind: 'no-hdlc', identification: outcome.signedOn.identification };
		if (examined.done) break;
	}
	return unreachedFinding(examined);
}

function* listen(examined: Case): Trying<void> {
	const port = { baud: USUAL_BAUD, ...EIGHT_N1 };
	const { settleMs, listenMs } = examined.facts.times;
	yield* examined.attempt({ step: 'listen', port, waitMs: settleMs });
	const { octets, flawed } = yield* examined.attempt({ step: 'listen', port, waitMs: listenMs });
	examined.noise = octets.length > 0 || flawed > 0;
}

function stagesOfStream(examined: Case): Stage[] {
	const port = { baud: USUAL_BAUD, ...EIGHT_N1 };
	return [() => atUsualRate(examined, port), () => atRate(examined, port)];
}

function stagesOfLine(examined: Case): Stage[] {
	const { openings, baud = USUAL_BAUD } = examined.facts.expectation;
	const usual: PortForm = { baud, ...EIGHT_N1 };
	const even = (): Trying<Outcome> => open(examined, 'sign-on', 'even');
	const first: Stage[] = [() => atUsualRate(examined, usual), even];
	if (openings && !openings.includes('direct-hdlc')) first.reverse();
	const rates: Stage[] = otherRates(baud).map(
		(rate) => () => atRate(examined, { baud: rate, ...EIGHT_N1 }),
	);
	const forms: Stage[] = HDLC_FORMS.map(
		(form) => () => atRate(examined, { baud, ...form }, 'other-parity'),
	);
	return [
		...first,
		even,
		() => atUsualRateAgain(examined, usual),
		() => mended(open(examined, 'sign-on-again', 'even')),
		() => afterWaking(examined, usual),
		() => open(examined, 'other-parity', 'none'),
		() => open(examined, 'other-parity', 'odd'),
		...rates,
		...forms,
		() => mended(open(examined, 'sign-on-again', 'even')),
	];
}
