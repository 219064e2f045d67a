/** Knocking at every address of one rate, in one breath, and listening who is there. */
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { Frame } from '#lib/core/dlms/hdlc/frame.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { addParity, BREAK_MESSAGE } from '#lib/core/dlms/opening/identification.ts';
import { LIKELY_ADDRESSES, uniqueAddresses } from './addresses.ts';
import { frameOf, hangUp } from './ask-hdlc.ts';
import type { Case, Hearing, Trying } from './case.ts';
import { type DoctorStepName, LEAST_OCTETS, type PortForm } from './trial.ts';

/** Most whole answers that are listened to until a meter has said everything. */
const MAX_STALE = 12;
/** Rates at which what is not understood is looked into: more of them are noise. */
const MAX_GARBLED = 2;

/** What came of knocking at one rate. */
export interface Knock {
	/** Where something was heard, or the likely addresses where nobody could understand it. */
	readonly addresses: readonly HdlcAddress[];
	/** Whether a session had been open; undefined: not to be told from what was heard. */
	readonly leftOpen: boolean | undefined;
}

const NOBODY: Knock = { addresses: [], leftOpen: undefined };

/**
 * Knocks at every address of one rate, with a short pause in between: a break, DISC, and SNRM for the
 * likely ones, which DISC then closes. Falls silent as soon as anything is heard.
 */
export function* knock(examined: Case, step: DoctorStepName, port: PortForm): Trying<Knock> {
	const { addresses, client } = examined.facts;
	const likely = addresses.slice(0, LIKELY_ADDRESSES);
	const discs = (those: readonly HdlcAddress[]): Uint8Array[] =>
		those.map((address) => frameOf('DISC', address, client));
	return yield* knockWith(examined, step, port, [
		addParity(BREAK_MESSAGE),
		...discs(addresses),
		...likely.map((address) => frameOf('SNRM', address, client)),
		...discs(likely),
	]);
}

/** DISC at every address, for a meter that is in HDLC and hears nothing else. */
export function* knockWithDisc(
	examined: Case,
	step: DoctorStepName,
	port: PortForm,
): Trying<Knock> {
	const { addresses, client } = examined.facts;
	const says = addresses.map((address) => frameOf('DISC', address, client));
	return yield* knockWith(examined, step, port, says);
}

function* knockWith(
	examined: Case,
	step: DoctorStepName,
	port: PortForm,
	says: readonly Uint8Array[],
): Trying<Knock> {
	const hearing = yield* examined.attempt({
		step,
		port,
		says,
		waitMs: examined.patienceMs,
		enough: (_, frames) => frames().length > 0,
	});
	if (hearing.frames.length === 0 && hearing.octets.length < LEAST_OCTETS) return NOBODY;
	const frames = yield* hearOut(examined, step, port, hearing);
	const { expectation, addresses } = examined.facts;
	if (frames.length > 0) {
		// The expected address is asked even so: its answer may have been the one that was spoiled.
		const expected = expectation.address ? [expectation.address] : [];
		const heard = uniqueAddresses(frames.map(({ source }) => source));
		// What SNRM of ours opened is no session that was left.
		const connected = says.slice(0, hearing.said).some(isSnrm);
		for (const address of connected ? heard : [])
			yield* hangUp(examined, { step, port, address }, examined.patienceMs);
		return {
			addresses: uniqueAddresses([...expected, ...heard]),
			leftOpen: connected ? frames[0]?.control.type === 'UA' : undefined,
		};
	}
	if (examined.noise || !lookInto(examined, port)) return NOBODY;
	return { addresses: addresses.slice(0, LIKELY_ADDRESSES), leftOpen: undefined };
}

const isSnrm = (word: Uint8Array): boolean =>
	new FrameSplitter().push(word).some(({ control }) => control.type === 'SNRM');

/** Whether what nobody understands is worth asking about. */
function lookInto(examined: Case, { baud }: PortForm): boolean {
	return examined.garbledAt.size < MAX_GARBLED && !examined.garbledAt.has(baud);
}

/** Listens until the meter has answered everything that was said; all its frames. */
function* hearOut(
	examined: Case,
	step: DoctorStepName,
	port: PortForm,
	first: Hearing,
): Trying<readonly Frame[]> {
	const { quickMs } = examined.facts.times;
	const frames = [...first.frames];
	const waitMs = first.endMs > quickMs ? examined.patienceMs : quickMs;
	for (let stale = 0; stale < MAX_STALE; stale += 1) {
		const hearing = yield* examined.attempt({ step, port, waitMs });
		frames.push(...hearing.frames);
		if (hearing.frames.length === 0 || examined.done) break;
	}
	return frames;
}
