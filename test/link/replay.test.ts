import { describe, expect, it } from 'vitest';
import { parseHex } from '#lib/core/bytes/hex.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { Aare } from '#lib/core/dlms/acse/association.ts';
import { type Apdu, decodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { MessageAssembler } from '#lib/core/dlms/hdlc/message-assembler.ts';
import { FrameSplitter } from '#lib/core/dlms/hdlc/splitter.ts';
import { WrapperSplitter } from '#lib/core/dlms/wrapper/splitter.ts';
import { messagesOf, type Session, SESSIONS } from '../core/dlms/sessions.ts';
import { Bench, meterLink } from './meter-on-stream.ts';

/** The meter's challenge in a session, so that the recorded proof is the right one. */
const challengeOf = (session: Session): Uint8Array | undefined =>
	messagesOf(session)
		.map(({ apdu }) => (apdu?.apdu === 'AARE' ? (apdu as Aare).authenticationValue : undefined))
		.find((challenge) => challenge !== undefined);

/** The APDUs in octets of either framing. */
function apdusIn(transport: Session['transport'], octets: Uint8Array): Uint8Array[] {
	if (transport === 'wrapper') return new WrapperSplitter().push(octets).map(({ apdu }) => apdu);
	const assembler = new MessageAssembler();
	return new FrameSplitter().push(octets).flatMap(({ control, information, segmented }) => {
		const whole = control.type === 'I' ? assembler.take(information, segmented) : undefined;
		return whole ? [whole] : [];
	});
}

/** What the virtual meter answers when a recorded client speaks, all of it. */
function replay(session: Session): Apdu[] {
	const bench = new Bench({}, challengeOf(session));
	const endpoint = bench.device.endpoint(meterLink(session.transport));
	const heard = session.steps
		.filter(({ dir }) => dir === 'tx')
		.flatMap(({ bytes }) => {
			endpoint.receive(parseHex(bytes), bench.nowMs);
			return endpoint.takeOutput();
		});
	return apdusIn(session.transport, concatBytes(...heard)).map(decodeApdu);
}

/**
 * Sessions whose set-up the virtual meter has and whose client only needs to be answered: over HDLC a
 * recorded client counts the frames of the meter it spoke to, and a stale counter was stale there.
 */
const KNOWN = SESSIONS.filter(
	({ id, transport, description }) =>
		(transport === 'wrapper' || id === 'live-hdlc-lls') &&
		/auth (none|gmac)|password 12345678/.test(description) &&
		!/-ic$/.test(id),
);

describe('recorded third-party clients', () => {
	it.each(KNOWN.map((session) => [session.id, session] as const))(
		'%s is answered to its end',
		(_, session) => {
			const [aare, ...others] = replay(session);
			expect(aare).toMatchObject({ apdu: 'AARE', result: 0 });
			expect(others.length).toBeGreaterThan(0);
			const refused = others.filter(({ apdu }) => apdu === 'exception-response');
			expect(refused).toEqual([]);
		},
	);

	it('with a wrong password are not let in', () => {
		const session = SESSIONS.find(({ id }) => id === 'live-wrapper-lls-wrong');
		if (!session) throw new Error('no such session');
		const [aare] = replay(session);
		expect(aare).toMatchObject({ apdu: 'AARE', result: 1, diagnostic: { value: 13 } });
	});
});
