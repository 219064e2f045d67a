/** The stages of an examination: each tries one way to a meter, and ends with it or without. */
import { type HdlcAddress, sameAddress } from '#lib/core/dlms/hdlc/address.ts';
import { connect, hangUp, part, talk } from './ask-hdlc.ts';
import { changeRate, type SignedOn, signOn } from './ask-mode-e.ts';
import { type Case, EIGHT_N1, type Trying } from './case.ts';
import type { LineFinding } from './finding.ts';
import type { OpeningParity } from './hearing.ts';
import { knock } from './knock.ts';
import type { PortForm } from './trial.ts';
import { type Contact, lineOf } from './verdict.ts';

/** Octets 00 that wake a battery meter: the most the field knows. */
const WAKING_OCTETS = 65;

/** What one stage came to; undefined: no meter was reached. */
export type Outcome =
	| Contact
	/** A meter signed on, and spoke no HDLC after it. */
	| { readonly kind: 'mute'; readonly signedOn: SignedOn }
	| undefined;

/** The likeliest address at the likeliest rate, without much patience. */
export function* atUsualRate(examined: Case, port: PortForm): Trying<Outcome> {
	const [address] = examined.facts.addresses as [HdlcAddress];
	const { quickMs } = examined.facts.times;
	return yield* talkAt(examined, port, [address], quickMs, 'usual-rate');
}

/** Every address at the usual rate, after a break. */
export function* atUsualRateAgain(examined: Case, port: PortForm): Trying<Outcome> {
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
export function* atRate(
	examined: Case,
	port: PortForm,
	step: 'other-rate' | 'other-parity' = 'other-rate',
): Trying<Outcome> {
	const { addresses, leftOpen } = yield* knock(examined, step, port);
	const outcome = yield* talkAt(examined, port, addresses, examined.patienceMs, 'talk');
	return outcome?.kind === 'contact'
		? { ...outcome, leftOpen: leftOpen ?? outcome.leftOpen }
		: outcome;
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
			const { leftOpen, parameters, address: from } = talked;
			const line = lineOf(examined, { port, address: from, parameters });
			return { kind: 'contact', leftOpen, line };
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
	const { parameters, address: from } = reply;
	yield* hangUp(examined, { ...door, address: from }, examined.patienceMs);
	const line = lineOf(examined, { port, address: from, parameters });
	return { kind: 'contact', leftOpen: false, line };
}

/** A sign-on with one parity, and HDLC after it. */
export function* open(
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
export function* mended(opening: Trying<Outcome>): Trying<Outcome> {
	const outcome = yield* opening;
	return outcome?.kind === 'contact' ? { ...outcome, leftOpen: true } : outcome;
}

/** Octets 00 for a battery meter, a pause, and once more what failed before. */
export function* afterWaking(examined: Case, usual: PortForm): Trying<Outcome> {
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
