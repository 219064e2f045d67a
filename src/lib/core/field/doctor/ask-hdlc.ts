/**
 * Asking a meter in HDLC, without anything that changes it: DISC, SNRM, DISC. What is opened is closed
 * again, also where nothing was heard of it.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { clientAddress, type HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import { encodeFrame, type Frame } from '#lib/core/dlms/hdlc/frame.ts';
import {
	agreeParameters,
	decodeParameters,
	DEFAULT_PARAMETERS,
	encodeParameters,
	type LinkParameters,
} from '#lib/core/dlms/hdlc/parameters.ts';
import type { Case, Trying } from './case.ts';
import { damageOfAnswer } from './damage.ts';
import type { DoctorStepName, PortForm } from './trial.ts';

/** What we offer in SNRM: all that can be agreed, so that the meter tells what it can do. */
const OFFERED: LinkParameters = {
	infoTransmit: 2030,
	infoReceive: 2030,
	windowTransmit: 7,
	windowReceive: 7,
};

/** How often an answer that came damaged is asked for again, to see how it is damaged. */
const DAMAGE_LOOKS = 4;

/** A frame of ours without a number. */
export function frameOf(
	type: 'SNRM' | 'DISC',
	address: HdlcAddress,
	client: number,
	information: Uint8Array = new Uint8Array(),
): Uint8Array {
	return encodeFrame({
		segmented: false,
		destination: address,
		source: clientAddress(client),
		control: { type, pollFinal: true },
		information,
	});
}

const isType =
	(type: 'UA' | 'DM') =>
	({ control }: Frame): boolean =>
		control.type === type;

/** Where and how HDLC is asked. */
export interface Door {
	readonly step: DoctorStepName;
	readonly port: PortForm;
	readonly address: HdlcAddress;
}

/** Hangs up: UA where a session was open, DM where none was, undefined where nobody understood. */
export function* hangUp(
	examined: Case,
	{ step, port, address }: Door,
	waitMs: number,
): Trying<'UA' | 'DM' | undefined> {
	const { client } = examined.facts;
	const disc = frameOf('DISC', address, client);
	const hearing = yield* examined.attempt({
		step,
		port,
		says: [disc],
		waitMs,
		enough: (_, frames) => frames().some(isAnswer),
	});
	const answer = hearing.frames.find(isAnswer);
	if (!answer) {
		examined.note(damageOfAnswer(hearing.octets, disc, address, client), port.baud);
		return undefined;
	}
	examined.noteReaction(hearing.endMs, disc.length, port);
	return isType('UA')(answer) ? 'UA' : 'DM';
}

const isAnswer = (frame: Frame): boolean => isType('UA')(frame) || isType('DM')(frame);

/** What came of asking a meter to connect. */
export type ConnectReply =
	| {
			readonly kind: 'up';
			readonly parameters: LinkParameters;
			/** Who answered: one asked before, slowly, or one that all stations were asked for. */
			readonly address: HdlcAddress;
	  }
	/** It says that it is not connected, and does not connect. */
	| { readonly kind: 'down' }
	| { readonly kind: 'damaged' }
	| undefined;

/** Asks to connect, and offers everything. */
export function* connect(
	examined: Case,
	{ step, port, address }: Door,
	waitMs: number,
): Trying<ConnectReply> {
	const { client } = examined.facts;
	const hearing = yield* examined.attempt({
		step,
		port,
		says: [frameOf('SNRM', address, client, encodeParameters(OFFERED))],
		waitMs,
		enough: (_, frames) => frames().some(isType('UA')),
		farewell: [frameOf('DISC', address, client)],
	});
	const up = hearing.frames.find(isType('UA'));
	if (up) return { kind: 'up', parameters: agreed(up), address: up.source };
	if (hearing.frames.some(isType('DM'))) return { kind: 'down' };
	return hearing.octets.length > 0 && !examined.noise ? { kind: 'damaged' } : undefined;
}

function agreed({ information }: Frame): LinkParameters {
	try {
		return agreeParameters(OFFERED, decodeParameters(information));
	} catch (error) {
		if (!(error instanceof Breach)) throw error;
		return DEFAULT_PARAMETERS;
	}
}

/** What came of talking to a meter at one rate and address. */
export type Talk =
	| {
			readonly kind: 'talks';
			readonly parameters: LinkParameters;
			readonly address: HdlcAddress;
			readonly leftOpen: boolean;
	  }
	/** It answered and then did not any more: it went back to its opening, or takes no connection. */
	| { readonly kind: 'gone' }
	| undefined;

/**
 * Hangs up, connects, hangs up, and sees whether the meter is still there: one in mode E that was left at
 * its high rate is not.
 */
export function* talk(examined: Case, door: Door, waitMs: number): Trying<Talk> {
	const { patienceMs } = examined;
	// Twice, since a first word is easily missed; a meter that waits for somebody else hears neither.
	const first =
		(yield* hangUp(examined, door, waitMs)) ??
		(examined.done ? undefined : yield* hangUp(examined, door, waitMs));
	if (examined.done) return undefined;
	const reply = yield* connect(examined, door, first ? patienceMs : waitMs);
	if (reply?.kind === 'damaged') yield* lookAtDamage(examined, door);
	if (reply?.kind !== 'up') {
		yield* part(examined, door);
		return first || reply?.kind === 'down' ? { kind: 'gone' } : undefined;
	}
	const { parameters, address } = reply;
	yield* hangUp(examined, { ...door, address }, patienceMs);
	const still = yield* hangUp(examined, { ...door, address }, patienceMs);
	if (!still) return { kind: 'gone' };
	return { kind: 'talks', parameters, address, leftOpen: first !== 'DM' };
}

/** Hangs up without waiting: a meter that connected may not have been heard. */
export function* part(examined: Case, { step, port, address }: Door): Trying<void> {
	const says = [frameOf('DISC', address, examined.facts.client)];
	yield* examined.attempt({ step, port, says, waitMs: 0 });
}

/** Asks for answers of which every octet is known beforehand. */
export function* lookAtDamage(examined: Case, door: Door): Trying<void> {
	for (let look = 0; look < DAMAGE_LOOKS && !examined.done; look += 1)
		yield* hangUp(examined, door, examined.patienceMs);
}
