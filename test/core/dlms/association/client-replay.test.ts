import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import type { Aarq } from '#lib/core/dlms/acse/association.ts';
import { contextOf, mechanismOf } from '#lib/core/dlms/acse/names.ts';
import { type Apdu, decodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { ClientAssociation, type ClientEvent } from '#lib/core/dlms/association/client.ts';
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { type Protection } from '#lib/core/dlms/security/suite.ts';
import { type Message, messagesOf, passwordOf, type Session, SESSIONS } from '../sessions.ts';

const PROTECTIONS: Record<number, Protection> = {
	0x10: 'authenticated',
	0x20: 'encrypted',
	0x30: 'authenticated-encrypted',
};

/** A client set up as the recorded one was: same challenge, same first counter. */
function clientOf(session: Session, aarq: Aarq, first: Message): ClientAssociation {
	const initiate = first.plain ?? decodeApdu(aarq.userInformation as Uint8Array);
	if (initiate.apdu !== 'initiate-request') throw new Error('no initiate request');
	const mechanism = aarq.mechanismName ? (mechanismOf(aarq.mechanismName) ?? 'none') : 'none';
	const keys = session.keys;
	const recorded = session.steps.find(({ plain }) => plain) as
		{ ic?: number; sc?: string } | undefined;
	const general = session.steps.some(({ apdu }) => apdu?.startsWith('db'));
	const low = mechanism === 'low';
	return new ClientAssociation({
		context: contextOf(aarq.applicationContext) as 'logical-name',
		mechanism,
		conformance: initiate.conformance,
		maxPdu: initiate.maxPdu,
		fixedInvokeId: 1,
		...(low ? { secret: aarq.authenticationValue as Uint8Array } : { secret: passwordOf(session) }),
		...(aarq.authenticationValue && !low && { challenge: aarq.authenticationValue }),
		...(aarq.callingApTitle && { systemTitle: aarq.callingApTitle }),
		...(keys &&
			aarq.callingApTitle && {
				security: {
					suite: 0,
					keys: { unicast: parseHex(keys.EK), authentication: parseHex(keys.AK) },
					protection: PROTECTIONS[parseInt(recorded?.sc ?? '30', 16)] as Protection,
					form: general ? 'general' : 'service',
					peerTitle: parseHex(keys.server_st),
					counters: volatileCounters({ send: recorded?.ic ?? 1 }),
					sendSpace: 'send',
				},
			}),
	});
}

/** The wish behind a recorded request; undefined for one that no client of ours makes by itself. */
function wishOf(request: Apdu): Wish | undefined {
	if (request.apdu === 'get-request' && request.kind === 'normal')
		return { kind: 'get', target: request.target };
	if (request.apdu === 'get-request' && request.kind === 'with-list')
		return { kind: 'get-list', targets: request.targets };
	if (request.apdu === 'set-request' && request.kind === 'normal')
		return { kind: 'set', target: request.target, data: request.data };
	if (request.apdu === 'set-request' && request.kind === 'with-list')
		return { kind: 'set-list', targets: request.targets, values: request.values };
	if (request.apdu === 'action-request' && request.kind === 'normal')
		return {
			kind: 'action',
			target: request.target,
			...(request.parameter && { parameter: request.parameter }),
		};
	return undefined;
}

/** Plays one recorded association; what we sent beside what was recorded. */
function play(session: Session) {
	const messages = messagesOf(session);
	const first = messages[0] as Message;
	const client = clientOf(session, first.apdu as Aarq, first);
	const sent: string[] = [];
	const recorded: string[] = [];
	const events: ClientEvent[] = [];
	let waiting: Uint8Array[] = [];
	const take = (more: readonly ClientEvent[]) => {
		events.push(...more);
		waiting.push(...more.flatMap((event) => (event.kind === 'send' ? [event.octets] : [])));
	};
	for (const message of messages) {
		if (message.dir === 'rx') {
			take(client.receive(message.octets));
			continue;
		}
		if (waiting.length === 0) {
			const request = message.plain ?? (message.apdu as Apdu);
			if (message === first) take(client.associate());
			else if (request.apdu === 'RLRQ') take(client.release());
			else {
				const wish = wishOf(request);
				const asked = wish && client.request(wish);
				if (!asked || 'refused' in asked) break;
				take(asked);
			}
		}
		const ours = waiting[0] as Uint8Array;
		waiting = waiting.slice(1);
		sent.push(formatHex(ours));
		recorded.push(formatHex(message.octets));
	}
	return { sent, recorded, events, messages };
}

const named = (id: string) => SESSIONS.find((session) => session.id === id) as Session;

describe('the client understands recorded third-party meters', () => {
	/** Sessions of one association whose every request is one of our wishes. */
	const WHOLE = [
		'live-wrapper-none',
		'live-wrapper-raw-2',
		'live-hdlc-none',
		'live-hdlc-lls',
		'live-hdlc-hls2',
		'live-wrapper-hls2',
		'live-hdlc-md5',
		'live-hdlc-sha1',
		'live-wrapper-sha256',
		'live-wrapper-lls-ciphered',
		'live-c-wrapper-none',
		'live-hdlc-gbt-win3',
	];
	it.each(WHOLE)('%s: octet for octet what the third-party client sent', (id) => {
		const { sent, recorded, events } = play(named(id));
		expect(sent).toEqual(recorded);
		expect(events.filter(({ kind }) => kind === 'failed' || kind === 'refused')).toEqual([]);
		expect(events.filter(({ kind }) => kind === 'associated')).toHaveLength(1);
	});

	it('reads every value a recorded meter gave', () => {
		const { events, messages } = play(named('live-wrapper-none'));
		const answers = events.flatMap((event) => (event.kind === 'answer' ? [event] : []));
		// 38 requests of the session have one answer each, the two long ones block by block.
		const requests = messages.filter(
			({ dir, apdu }) =>
				dir === 'tx' &&
				apdu?.apdu !== 'AARQ' &&
				apdu?.apdu !== 'RLRQ' &&
				!(apdu?.apdu === 'get-request' && apdu.kind === 'next'),
		);
		expect(answers).toHaveLength(requests.length);
		const profile = answers.at(-1)?.answer;
		expect(
			profile?.kind === 'get' &&
				'data' in profile.result &&
				profile.result.data.type === 'array' &&
				profile.result.data.value.length,
		).toBe(97);
		expect(events.at(-1)).toEqual({ kind: 'released' });
	});

	it('reads a profile that comes in general blocks', () => {
		const { events } = play(named('live-hdlc-gbt-win3'));
		const answer = events.findLast((event) => event.kind === 'answer');
		expect(
			answer?.kind === 'answer' &&
				answer.answer.kind === 'get' &&
				'data' in answer.answer.result &&
				answer.answer.result.data.type === 'array' &&
				answer.answer.result.data.value.length,
		).toBe(97);
	});

	it('counts the octets a meter appends to a value, and takes the value', () => {
		const { events } = play(named('live-c-wrapper-none'));
		const [clock] = events.flatMap((event) => (event.kind === 'answer' ? [event] : []));
		expect(clock?.trailing).toBe(18);
	});

	it.each([
		'live-wrapper-gmac-plainctx',
		'live-hdlc-gmac-ae',
		'live-wrapper-gmac-auth',
		'live-wrapper-general-glo',
	])('%s: proves itself by GMAC, checks the meter and goes on', (id) => {
		const { sent, recorded, events } = play(named(id));
		expect(sent[0]).toBe(recorded[0]);
		expect(events.some(({ kind }) => kind === 'associated')).toBe(true);
		expect(events.filter(({ kind }) => kind === 'failed' || kind === 'refused')).toEqual([]);
	});

	it('is told the counter a meter wants, and tries once with it', () => {
		const session = named('live-c-wrapper-gmac-ae-old-ic');
		const { events } = play(session);
		const sends = events.flatMap((event) => (event.kind === 'send' ? [event.octets] : []));
		expect(sends).toHaveLength(2);
		const again = decodeApdu(sends[1] as Uint8Array);
		expect(again.apdu === 'AARQ' && formatHex(again.userInformation as Uint8Array)).toMatch(
			/^211f300007a127/,
		);
	});

	it('names what a meter refuses', () => {
		expect(play(named('live-wrapper-lls-wrong')).events).toContainEqual({
			kind: 'refused',
			result: 'rejected-permanent',
			diagnostic: 'authentication-failure',
		});
		expect(play(named('live-wrapper-gmac-ae-replayed-ic')).events).toContainEqual({
			kind: 'failed',
			failure: { why: 'exception', state: 'service-unknown', service: 'deciphering-error' },
		});
		expect(play(named('live-wrapper-raw-0')).events.some(({ kind }) => kind === 'answer')).toBe(
			true,
		);
	});
});
