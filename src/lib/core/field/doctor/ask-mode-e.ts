/**
 * Asking a meter in mode E: the sign-on, the option select, HDLC at the rate that was agreed and, where
 * nothing is heard there, at the others (IEC 62056-21, 6.3 and annex E).
 */
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import {
	type Identification,
	OPENING_BAUD,
	OPENING_RATES,
	optionSelect,
	requestMessage,
} from '#lib/core/dlms/opening/identification.ts';
import { connect, type Door, hangUp, lookAtDamage, part } from './ask-hdlc.ts';
import { type Case, EIGHT_N1, holds, type Trying } from './case.ts';
import { damageOfIdentification } from './damage.ts';
import type { OctetForm } from './finding.ts';
import { identificationIn, type OpeningParity, parityOf, withParity } from './hearing.ts';
import { knock, knockWithDisc } from './knock.ts';
import { HDLC_FORMS, otherRates } from './rates.ts';
import type { DoctorStepName, PortForm } from './trial.ts';

/** A meter that signed on. */
export interface SignedOn {
	readonly identification: Identification;
	/** The parity it was spoken to with, and understood. */
	readonly asked: OpeningParity;
	/** The parity it answered with; undefined: of more than one kind. */
	readonly answered: OpeningParity | undefined;
}

const OPENING_PORT: PortForm = { baud: OPENING_BAUD, ...EIGHT_N1 };

/** Signs on with a parity; undefined where nobody was understood. */
export function* signOn(
	examined: Case,
	step: DoctorStepName,
	asked: OpeningParity,
): Trying<SignedOn | undefined> {
	const hearing = yield* examined.attempt({
		step,
		port: OPENING_PORT,
		says: [withParity(requestMessage(), asked)],
		waitMs: examined.patienceMs,
		enough: (octets) => identificationIn(octets) !== undefined,
	});
	const heard = identificationIn(hearing.octets);
	if (!heard) {
		examined.note(damageOfIdentification(hearing.octets), OPENING_BAUD);
		return undefined;
	}
	if (heard.octets.every((octet) => octet >= 0x80)) {
		examined.note({ kind: 'stuck-bit', bit: 7, value: 1 }, OPENING_BAUD);
		return undefined;
	}
	examined.noteReaction(hearing.endMs, heard.octets.length, OPENING_PORT);
	const { identification, octets } = heard;
	return { identification, asked, answered: parityOf(octets) };
}

/** HDLC after a sign-on. */
export interface ModeE {
	readonly kind: 'talks';
	readonly signedOn: SignedOn;
	readonly confirms: boolean;
	/** The rate that was agreed. */
	readonly agreedBaud: number;
	readonly port: PortForm;
	readonly address: HdlcAddress;
	readonly parameters: LinkParameters;
}

/** Asks for HDLC, changes the rate and connects; undefined where no HDLC is heard anywhere. */
export function* changeRate(examined: Case, signedOn: SignedOn): Trying<ModeE | undefined> {
	const { maxBaud, times } = examined.facts;
	const offered = signedOn.identification.baud ?? OPENING_BAUD;
	const agreedBaud = OPENING_RATES.findLast((rate) => rate <= Math.min(offered, maxBaud)) ?? 300;
	const option = optionSelect(agreedBaud);
	yield* examined.attempt({
		step: 'change-rate',
		port: OPENING_PORT,
		says: [withParity(option, signedOn.asked)],
		waitMs: times.beforeChangeMs,
	});
	const port: PortForm = { baud: agreedBaud, ...EIGHT_N1 };
	examined.option = option;
	examined.confirmed = false;
	yield* examined.attempt({
		step: 'change-rate',
		port,
		waitMs: Math.max(times.confirmationMs, examined.usualMs),
		enough: (heard) => holds(heard, option),
	});
	const found = yield* reach(examined, port);
	const { confirmed: confirms } = examined;
	examined.option = undefined;
	return found && { kind: 'talks', signedOn, confirms, agreedBaud, ...found };
}

interface Reached {
	readonly port: PortForm;
	readonly address: HdlcAddress;
	readonly parameters: LinkParameters;
}

/** A meter that waits for HDLC: at the agreed rate, in the other forms, at the other rates. */
function* reach(examined: Case, agreed: PortForm): Trying<Reached | undefined> {
	const { addresses } = examined.facts;
	for (const [index, address] of addresses.entries()) {
		const waitMs = index < addresses.length - 1 ? examined.usualMs : examined.patienceMs;
		const found = yield* enter(examined, { step: 'talk', port: agreed, address }, waitMs);
		if (found || examined.done) return found;
	}
	const ports = [
		agreed,
		...HDLC_FORMS.map((form: OctetForm) => ({ baud: agreed.baud, ...form })),
		...otherRates(agreed.baud).map((baud) => ({ baud, ...EIGHT_N1 })),
	];
	for (const port of ports) {
		if (examined.done) return undefined;
		const step = port === agreed ? 'talk' : stepOf(port);
		const { addresses: heard } =
			port === agreed
				? yield* knockWithDisc(examined, step, port)
				: yield* knock(examined, step, port);
		for (const address of heard) {
			const door = { step: 'talk', port, address } as const;
			const found = yield* enter(examined, door, examined.patienceMs);
			if (!found) yield* part(examined, door);
			if (found) return found;
			if (examined.done) return undefined;
		}
	}
	return undefined;
}

const stepOf = ({ parity }: PortForm): DoctorStepName =>
	parity === 'none' ? 'other-rate' : 'other-parity';

/** Connects and hangs up again. */
function* enter(examined: Case, door: Door, waitMs: number): Trying<Reached | undefined> {
	let reply = yield* connect(examined, door, waitMs);
	// Rubbish around an answer may have hidden it: whoever answered answers again.
	if (reply?.kind === 'damaged') reply = yield* connect(examined, door, waitMs);
	if (reply?.kind === 'damaged') yield* lookAtDamage(examined, door);
	if (reply?.kind !== 'up') return undefined;
	const { address, parameters } = reply;
	yield* hangUp(examined, { ...door, address }, examined.patienceMs);
	return { port: door.port, address, parameters };
}
