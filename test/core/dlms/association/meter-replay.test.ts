import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '#lib/core/bytes/hex.ts';
import { contextOf, mechanismOf } from '#lib/core/dlms/acse/names.ts';
import type { Aare, Aarq } from '#lib/core/dlms/acse/association.ts';
import { type Apdu, decodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import {
	ACTION_RESULTS,
	codeName,
	DATA_ACCESS_RESULTS,
	type ActionResult,
	type DataAccessResult,
} from '#lib/core/dlms/apdu/results.ts';
import { MeterAssociation } from '#lib/core/dlms/association/meter.ts';
import type {
	AssociationSetup,
	MeterApplication,
} from '#lib/core/dlms/association/meter-settings.ts';
import { openApdu } from '#lib/core/dlms/security/apdu-cipher.ts';
import { volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { OPEN_POLICY } from '#lib/core/dlms/security/policy.ts';
import { type Message, messagesOf, passwordOf, type Session, SESSIONS } from '../sessions.ts';

/** The answer that was recorded to each request, whatever its service. */
function recordedPairs(messages: readonly Message[]): [request: Apdu, response: Apdu][] {
	return messages.flatMap((message, index) => {
		const answer = messages[index + 1];
		const request = message.plain ?? message.apdu;
		const response = answer?.plain ?? answer?.apdu;
		return message.dir === 'tx' && answer?.dir === 'rx' && request && response
			? [[request, response] as [Apdu, Apdu]]
			: [];
	});
}

/** Objects that know nothing but what the recorded meter said, in the order it said it. */
function recordedApplication(messages: readonly Message[]): MeterApplication {
	const pairs = recordedPairs(messages);
	const taken = new Set<number>();
	const take = <Found>(
		find: (request: Apdu, response: Apdu) => Found | undefined,
	): Found | undefined => {
		for (const [index, [request, response]] of pairs.entries()) {
			if (taken.has(index)) continue;
			const found = find(request, response);
			if (found === undefined) continue;
			taken.add(index);
			return found;
		}
		return undefined;
	};
	const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
	return {
		read: (target) => {
			const result = take((request, response) =>
				request.apdu === 'get-request' &&
				request.kind === 'normal' &&
				same(request.target, target) &&
				response.apdu === 'get-response' &&
				response.kind === 'normal'
					? response.result
					: undefined,
			);
			if (!result) return { refused: 'object-unavailable' };
			return 'data' in result
				? result
				: { refused: codeName(DATA_ACCESS_RESULTS, result.error) as DataAccessResult };
		},
		write: (target) =>
			(take((request, response) =>
				request.apdu === 'set-request' &&
				'target' in request &&
				same(request.target, target) &&
				response.apdu === 'set-response' &&
				'result' in response
					? codeName(DATA_ACCESS_RESULTS, response.result)
					: undefined,
			) ?? 'success') as DataAccessResult,
		invoke: (target) => {
			const outcome = take((request, response) =>
				request.apdu === 'action-request' &&
				request.kind === 'normal' &&
				same(request.target, target) &&
				response.apdu === 'action-response' &&
				response.kind === 'normal'
					? response
					: undefined,
			);
			if (!outcome) return { result: 'object-undefined' };
			const returned =
				outcome.returned && 'data' in outcome.returned ? outcome.returned.data : undefined;
			return {
				result: codeName(ACTION_RESULTS, outcome.result) as ActionResult,
				...(returned && { returned }),
			};
		},
	};
}

/** A meter set up as the recorded one was, as far as its first answer tells. */
function meterOf(session: Session, messages: readonly Message[]): MeterAssociation {
	const aarq = messages.find(({ apdu }) => apdu?.apdu === 'AARQ')?.apdu as Aarq;
	const aares = messages.flatMap(({ apdu }) => (apdu?.apdu === 'AARE' ? [apdu as Aare] : []));
	const initiate = messages.flatMap(({ apdu, plain }) => {
		if (apdu?.apdu !== 'AARE' || !apdu.userInformation) return [];
		return [plain ?? decodeApdu(apdu.userInformation)];
	})[0];
	const keys = session.keys;
	const right = aares.every(({ result }) => result === 0);
	const setup: AssociationSetup = {
		client: 1,
		context: contextOf(aarq.applicationContext) as 'logical-name',
		mechanism: aarq.mechanismName ? (mechanismOf(aarq.mechanismName) ?? 'none') : 'none',
		secret: right ? passwordOf(session) : parseHex('00'),
		conformance: initiate?.apdu === 'initiate-response' ? initiate.conformance : FULL_CONFORMANCE,
		...(keys && {
			security: () => ({
				suite: 0,
				keys: { unicast: parseHex(keys.EK), authentication: parseHex(keys.AK) },
				policy: OPEN_POLICY,
			}),
		}),
	};
	return new MeterAssociation(
		{
			application: recordedApplication(messages),
			setups: [setup],
			systemTitle: parseHex(keys?.server_st ?? '4d4d4d0000bc614e'),
			counters: volatileCounters(),
			challenge: () =>
				aares.find(({ authenticationValue }) => authenticationValue)
					?.authenticationValue as Uint8Array,
			...(initiate?.apdu === 'initiate-response' && { maxPdu: initiate.maxPdu }),
		},
		{ client: 1, device: 1 },
	);
}

/** What our meter answered, opened. */
function opened(session: Session, octets: Uint8Array): Apdu {
	const apdu = decodeApdu(octets);
	if (apdu.apdu !== 'ciphered' && apdu.apdu !== 'general-glo-ciphering') return apdu;
	const { EK, AK, server_st } = session.keys as NonNullable<Session['keys']>;
	const inner = openApdu(
		apdu,
		{ unicast: parseHex(EK), authentication: parseHex(AK) },
		parseHex(server_st),
	);
	if ('refused' in inner) throw new Error(inner.refused);
	return decodeApdu(inner.plaintext);
}

/** Requests whose recorded answer is a defect or a habit of that meter, named by session and step. */
const NOT_COMPARED =
	/with-list|GET next|SET block|GET before|bad attribute|unknown APDU|SET long|without a transfer|object_list$|ACTION/;

/** Whether the recorded answer is one that every meter with these objects gives. */
function comparable(answer: Message): boolean {
	const apdu = answer.plain ?? answer.apdu;
	if (!apdu || NOT_COMPARED.test(answer.step)) return false;
	if (
		apdu.apdu === 'get-response' ||
		apdu.apdu === 'set-response' ||
		apdu.apdu === 'action-response'
	)
		return apdu.kind === 'normal';
	return false;
}

describe('the meter answers recorded third-party clients', () => {
	it.each(SESSIONS.map((session) => [session.id, session] as const))('%s', (_, session) => {
		const messages = messagesOf(session);
		const meter = meterOf(session, messages);
		let compared = 0;
		messages.forEach((message, index) => {
			// An acknowledged last block needs no answer.
			if (message.dir !== 'tx' || message.apdu?.apdu === 'general-block-transfer') return;
			const answers = meter.receive(message.octets);
			expect(answers.length, `${message.step} has an answer`).toBeGreaterThan(0);
			const ours = opened(session, answers[0] as Uint8Array);
			const theirs = messages[index + 1];
			if (!theirs || theirs.dir !== 'rx') return;
			if (theirs.apdu?.apdu === 'AARE' && ours.apdu === 'AARE') {
				const { result, diagnostic, mechanismName, authenticationValue } = theirs.apdu;
				expect(ours).toMatchObject({ result, diagnostic });
				if (mechanismName) expect(ours).toMatchObject({ mechanismName, authenticationValue });
				compared += 1;
			} else if (theirs.apdu?.apdu === 'AARE' || message.apdu?.apdu === 'RLRQ') {
				expect(ours.apdu).toBe(message.apdu?.apdu === 'RLRQ' ? 'RLRE' : 'AARE');
			} else if (comparable(theirs)) {
				const wanted = theirs.plain ?? theirs.apdu;
				// The proof of pass 4 has a counter of ours inside.
				if (message.step === 'connect')
					expect(ours).toMatchObject({ apdu: 'action-response', result: 0 });
				else expect(ours, message.step).toEqual(wanted);
				compared += 1;
			}
		});
		if (!/replayed|old-ic/.test(session.id)) expect(compared).toBeGreaterThan(0);
	});

	it('answers the ciphered token delivery octet for octet but for its own counter', () => {
		const session = SESSIONS.find(({ id }) => id === 'live-wrapper-general-glo') as Session;
		const messages = messagesOf(session);
		const meter = meterOf(session, messages);
		const answers = messages
			.filter(({ dir }) => dir === 'tx')
			.map(({ octets }) => meter.receive(octets)[0] as Uint8Array);
		expect(answers.slice(2, 4).map((octets) => formatHex(octets.subarray(0, 13)))).toEqual([
			'db084d4d4d0000bc614e1a3000',
			'db084d4d4d0000bc614e1e3000',
		]);
	});
});
