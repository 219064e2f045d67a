/**
 * The examination: what is tried in which order, and when it is enough. The likely comes first; nothing
 * is ever said but a sign-on, a break, DISC and SNRM, and what SNRM opened DISC closes.
 *
 * Always holds: ends with one finding, within `DOCTOR_LONGEST_MS`, whatever the line says.
 */
import { type HdlcAddress, sameAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import { candidateAddresses } from './addresses.ts';
import { connect, hangUp, knock, part, talk } from './ask-hdlc.ts';
import { changeRate, type SignedOn, signOn } from './ask-mode-e.ts';
import { Case, EIGHT_N1, type Trying } from './case.ts';
import type { DoctorFinding, LineExpectation, LineFinding } from './finding.ts';
import type { OpeningParity } from './hearing.ts';
import { HDLC_FORMS, OTHER_RATES, USUAL_BAUD } from './rates.ts';
import { DOCTOR_TIMES, type DoctorTimes, type PortForm } from './trial.ts';
import { type Contact, lineOf, reachedFinding, unreachedFinding } from './verdict.ts';

/** The doctor's own SAP where nobody says another: the public client, which every meter knows. */
const PUBLIC_CLIENT = 16;
/** What an opening can agree at most. */
const HIGHEST_AGREED = 19_200;
const WAKING_OCTETS = 65;

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

/** What one stage of the examination came to. */
type Outcome =
	| Contact
	/** A meter signed on, and spoke no HDLC after it. */
	| { readonly kind: 'mute'; readonly signedOn: SignedOn }
	| undefined;

interface HeardFrom {
	readonly address: HdlcAddress;
	readonly parameters: LinkParameters;
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
	const { listenMs } = examined.facts.times;
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
	const rates: Stage[] = OTHER_RATES(baud).map(
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

/** The likeliest address at the likeliest rate, without much patience. */
function* atUsualRate(examined: Case, port: PortForm): Trying<Outcome> {
	const [address] = examined.facts.addresses as [HdlcAddress];
	const { quickMs } = examined.facts.times;
	return yield* talkAt(examined, port, [address], quickMs, 'usual-rate');
}

/** Every address at the usual rate, after a break. */
function* atUsualRateAgain(examined: Case, port: PortForm): Trying<Outcome> {
	const outcome = yield* atRate(examined, port);
	if (outcome?.kind !== 'contact') return outcome;
	const [tried] = examined.facts.addresses as [HdlcAddress];
	// It was asked before, and is quick enough to have been heard: it listened to nothing but a break.
	const deafBefore =
		sameAddress(tried, outcome.line.address) &&
		outcome.line.reactionMs < examined.facts.times.quickMs;
	return deafBefore ? { ...outcome, leftOpen: true } : outcome;
}

/** Every address at one rate. */
function* atRate(
	examined: Case,
	port: PortForm,
	step: 'other-rate' | 'other-parity' = 'other-rate',
): Trying<Outcome> {
	const heard = yield* knock(examined, step, port);
	return yield* talkAt(examined, port, heard, examined.patienceMs, 'talk');
}

function* talkAt(
	examined: Case,
	port: PortForm,
	addresses: readonly HdlcAddress[],
	waitMs: number,
	step: 'talk' | 'usual-rate',
): Trying<Outcome> {
	for (const address of addresses) {
		const door = { step, port, address };
		const talked = yield* talk(examined, door, waitMs);
		if (examined.damage) return undefined;
		if (talked?.kind === 'talks') {
			const { leftOpen } = talked;
			return { kind: 'contact', leftOpen, line: lineOf(examined, { port, ...heardFrom(talked) }) };
		}
		if (talked) return yield* followBack(examined, port, address);
		if (examined.done) return undefined;
	}
	return undefined;
}

/** The meter was there and is no more: at its opening, or tired of connecting. */
function* followBack(examined: Case, port: PortForm, address: HdlcAddress): Trying<Outcome> {
	const opened = yield* mended(open(examined, 'sign-on', 'even'));
	if (opened || examined.done) return opened;
	const door = { step: 'talk', port, address } as const;
	const reply = yield* connect(examined, door, examined.patienceMs);
	if (reply?.kind !== 'up') {
		yield* part(examined, door);
		examined.refused ??= { baud: port.baud, address };
		return undefined;
	}
	yield* hangUp(examined, door, examined.patienceMs);
	const { parameters } = reply;
	return {
		kind: 'contact',
		leftOpen: false,
		line: lineOf(examined, { port, address, parameters }),
	};
}

const heardFrom = ({ address, parameters }: HeardFrom): HeardFrom => ({ address, parameters });

/** A sign-on with one parity, and HDLC after it. */
function* open(
	examined: Case,
	step: 'sign-on' | 'other-parity' | 'sign-on-again',
	parity: OpeningParity,
): Trying<Outcome> {
	const signedOn = yield* signOn(examined, step, parity);
	if (!signedOn) return undefined;
	const reached = yield* changeRate(examined, signedOn);
	if (!reached) return { kind: 'mute', signedOn };
	return { kind: 'contact', leftOpen: false, line: lineOf(examined, reached), reached };
}

/** What is found only now that everything was hung up had been left open. */
function* mended(opening: Trying<Outcome>): Trying<Outcome> {
	const outcome = yield* opening;
	return outcome?.kind === 'contact' ? { ...outcome, leftOpen: true } : outcome;
}

/** Octets 00 for a battery meter, a pause, and once more what failed before. */
function* afterWaking(examined: Case, usual: PortForm): Trying<Outcome> {
	yield* examined.attempt({
		step: 'wake-up',
		port: { baud: 300, ...EIGHT_N1 },
		says: [new Uint8Array(WAKING_OCTETS)],
		waitMs: examined.facts.times.afterWakingMs,
	});
	const outcome =
		(yield* open(examined, 'sign-on', 'even')) ?? (yield* atUsualRate(examined, usual));
	if (outcome?.kind !== 'contact') return outcome;
	const line: LineFinding = { ...outcome.line, wakeUp: true };
	return { ...outcome, line };
}
