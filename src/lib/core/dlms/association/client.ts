/**
 * The client's side of an association (IEC 62056-5-3, 7), sans-IO and without time: APDUs and wishes go
 * in, APDUs to send and what became true come out.
 *
 * Always holds: one request at a time; nothing is sent that was not agreed; in a ciphered association
 * nothing is sent plain and no plain answer is believed; the meter is authentic before the first request.
 */
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { encodeAarq, type Aare } from '../acse/association.ts';
import {
	ASSOCIATION_RESULTS,
	type HighMechanism,
	nameOf,
	PROVIDER_DIAGNOSTICS,
	USER_DIAGNOSTICS,
} from '../acse/names.ts';
import { encodeRelease } from '../acse/release.ts';
import { encodeActionRequest, type ActionResponse } from '../apdu/action.ts';
import { type Apdu, decodeApdu, decodeApduLeniently } from '../apdu/apdu.ts';
import { invokeOctet } from '../apdu/block.ts';
import {
	allows,
	type Conformance,
	type ConformanceBit,
	FULL_CONFORMANCE,
} from '../apdu/conformance.ts';
import type { GeneralBlock } from '../apdu/general.ts';
import type { InitiateResponse } from '../apdu/initiate.ts';
import type { DataNotification, EventNotification } from '../apdu/notification.ts';
import { octetString } from '../axdr/build.ts';
import { isCiphered, SecureChannel } from './channel.ts';
import { ClientExchange } from './client-exchange.ts';
import {
	aarqOf,
	checkSettings,
	type ClientAssociationSettings,
	initiateRequest,
} from './client-settings.ts';
import {
	breachFailure,
	exceptionFailure,
	type RequestFailure,
	serviceErrorFailure,
} from './failure.ts';
import { BLOCK_OVERHEAD, BlockReceiver, BlockSender } from './general-blocks.ts';
import { hlsKeys, ownProof, peerProofHolds, type ProofExchange, REPLY_TO_HLS } from './proof.ts';
import { ASSOCIATION_TABLE, type AssociationState } from './state-table.ts';
import { type Answer, missingBits, type Wish } from './wish.ts';

/** What both sides agreed to. */
export interface Agreement {
	readonly conformance: Conformance;
	/** Longest APDU the meter takes. */
	readonly maxPdu: number;
	/** The meter's system title; empty where it told none. */
	readonly meterTitle: Uint8Array;
}

export type ClientEvent =
	/** Put this APDU on the link. */
	| { readonly kind: 'send'; readonly octets: Uint8Array }
	/** Nothing to send, but more is coming: keep listening. */
	| { readonly kind: 'more' }
	| { readonly kind: 'associated'; readonly agreement: Agreement }
	/** The meter does not associate: names as in the tables, or numbers. */
	| { readonly kind: 'refused'; readonly result: string; readonly diagnostic: string }
	| { readonly kind: 'answer'; readonly answer: Answer; readonly trailing: number }
	/** The request (or the association itself) has no answer. */
	| { readonly kind: 'failed'; readonly failure: RequestFailure }
	| { readonly kind: 'notification'; readonly notification: DataNotification | EventNotification }
	| { readonly kind: 'released' };

/** Why a wish was not sent. */
export type WishRefusal =
	| { readonly refused: 'not-associated' | 'busy' | 'too-long' | 'key-used-up' }
	| { readonly refused: 'not-agreed'; readonly bits: readonly ConformanceBit[] };

const UNLIMITED = 0xffff;
const MIN_PDU = 64;

export class ClientAssociation {
	readonly #settings: ClientAssociationSettings;
	readonly #channel: SecureChannel | undefined;
	readonly #ciphered: boolean;
	#state: AssociationState = 'idle';
	#agreement: Agreement | undefined;
	#meterChallenge: Uint8Array = new Uint8Array();
	#exchange: ClientExchange | undefined;
	#sender: BlockSender | undefined;
	#receiver: BlockReceiver | undefined;
	#invokeId = 0;
	/** Whether the counter was raised to what the meter wanted, which is tried once. */
	#counterRaised = false;

	constructor(settings: ClientAssociationSettings) {
		checkSettings(settings);
		this.#settings = settings;
		this.#ciphered = settings.context === 'logical-name-ciphered';
		this.#channel =
			settings.security &&
			new SecureChannel({
				...settings.security,
				// Until it is agreed, everything goes into the services' own ciphered forms.
				form: 'service',
				ownTitle: settings.systemTitle ?? new Uint8Array(8),
			});
	}

	get state(): AssociationState {
		return this.#state;
	}

	get agreement(): Agreement | undefined {
		return this.#agreement;
	}

	/** Begins: the AARQ to send. */
	associate(): ClientEvent[] {
		const aarq = aarqOf(this.#settings, this.#channel);
		if (!aarq) return [{ kind: 'failed', failure: { why: 'key-used-up' } }];
		this.#state = 'associating';
		return [{ kind: 'send', octets: encodeAarq(aarq) }];
	}

	/** Sends a wish, or says why not. */
	request(wish: Wish): ClientEvent[] | WishRefusal {
		const agreement = this.#agreement;
		if (this.#state !== 'associated' || !agreement) return { refused: 'not-associated' };
		if (this.#exchange) return { refused: 'busy' };
		const bits = missingBits(wish, agreement.conformance);
		if (bits.length > 0) return { refused: 'not-agreed', bits };
		const exchange = new ClientExchange(wish, {
			invoke: this.#nextInvoke(agreement.conformance),
			agreed: agreement.conformance,
			maxPdu: agreement.maxPdu - ((this.#ciphered && this.#channel?.overhead) || 0),
		});
		const octets = this.#secure(exchange.start());
		if (!octets) return { refused: 'key-used-up' };
		this.#exchange = exchange;
		this.#receiver = undefined;
		if (octets.length <= agreement.maxPdu) return [{ kind: 'send', octets }];
		if (allows(agreement.conformance, 'general-block-transfer')) return this.#sendBlocks(octets);
		this.#exchange = undefined;
		return { refused: 'too-long' };
	}

	/** Ends: the RLRQ to send. */
	release(): ClientEvent[] {
		this.#state = 'releasing';
		this.#exchange = undefined;
		const again =
			this.#ciphered && this.#settings.initiateInRelease
				? this.#channel?.cipher(initiateRequest(this.#settings), true)
				: undefined;
		const release = { apdu: 'RLRQ', reason: Uint8Array.of(0) } as const;
		return [
			{
				kind: 'send',
				octets: encodeRelease(again ? { ...release, userInformation: again } : release),
			},
		];
	}

	/** Takes one APDU of the meter. */
	receive(octets: Uint8Array): ClientEvent[] {
		if (octets.length === 0) return this.#fail({ why: 'empty-answer' });
		try {
			return this.#takeApdu(octets, false);
		} catch (error) {
			return this.#fail(breachFailure(error));
		}
	}

	/** The link is gone, and with it the association and the request under way. */
	linkLost(): void {
		this.#state = 'idle';
		this.#agreement = undefined;
		this.#exchange = undefined;
		this.#sender = undefined;
		this.#receiver = undefined;
	}

	#takeApdu(octets: Uint8Array, opened: boolean): ClientEvent[] {
		const { apdu, trailing } = decodeApduLeniently(octets);
		if (apdu.apdu === 'general-block-transfer') return this.#takeBlock(apdu);
		if (apdu.apdu === 'general-signing' || !this.#mayBeProtectedAs(apdu))
			return this.#fail({ why: 'not-secure', refusal: 'not-agreed' });
		if (!opened && isCiphered(apdu)) return this.#takeCiphered(apdu);
		const action = ASSOCIATION_TABLE.client[this.#state][apdu.apdu];
		if (action === 'notify')
			return [{ kind: 'notification', notification: apdu as DataNotification }];
		// A meter that cannot decipher answers plain; nothing else may come plain.
		if (this.#ciphered && !opened && (action === 'answer' || action === 'proof'))
			return this.#fail({ why: 'not-secure', refusal: 'not-ciphered' });
		switch (action) {
			case 'established':
				return this.#takeAare(apdu as Aare);
			case 'proof':
				return this.#takeProof(apdu as ActionResponse);
			case 'answer':
				return this.#takeAnswer(apdu, trailing);
			case 'failure':
				return this.#takeFailure(apdu);
			case 'released':
				this.linkLost();
				return [{ kind: 'released' }];
			default:
				return this.#fail({ why: 'breach', code: 'unexpected-answer' });
		}
	}

	/** general-ciphering needs general protection to be agreed; every other form came with the context. */
	#mayBeProtectedAs({ apdu }: Apdu): boolean {
		return apdu !== 'general-ciphering' || this.#agreed('general-protection');
	}

	#agreed(bit: ConformanceBit): boolean {
		return this.#agreement !== undefined && allows(this.#agreement.conformance, bit);
	}

	#takeCiphered(apdu: Apdu): ClientEvent[] {
		if (!this.#channel) return this.#fail({ why: 'not-secure', refusal: 'no-key' });
		const received = this.#channel.openApdu(apdu);
		if ('refused' in received) return this.#fail({ why: 'not-secure', refusal: received.refused });
		return this.#takeApdu(received.octets, true);
	}

	#takeBlock(block: GeneralBlock): ClientEvent[] {
		if (this.#sender && block.raw.length === 0) {
			const next = this.#sender.next(block);
			if (next.length === 0) return [{ kind: 'more' }];
			return next.map((octets) => ({ kind: 'send', octets }));
		}
		this.#sender = undefined;
		this.#receiver ??= new BlockReceiver(this.#settings.generalWindow ?? 1);
		const progress = this.#receiver.take(block);
		switch (progress.kind) {
			case 'more':
				return [{ kind: 'more' }];
			case 'acknowledge':
				return [{ kind: 'send', octets: progress.octets }];
			case 'too-long':
				return this.#fail({ why: 'breach', code: 'message-too-long' });
			case 'whole':
				this.#receiver = undefined;
				return decodeApduLeniently(progress.octets).apdu.apdu === 'general-block-transfer'
					? this.#fail({ why: 'breach', code: 'unexpected-answer' })
					: this.#takeApdu(progress.octets, false);
		}
	}

	#sendBlocks(octets: Uint8Array): ClientEvent[] {
		const { maxPdu } = this.#agreement as Agreement;
		const window = this.#settings.generalWindow ?? 1;
		this.#sender = new BlockSender(octets, maxPdu - BLOCK_OVERHEAD, window);
		return this.#sender.first().map((block) => ({ kind: 'send', octets: block }));
	}

	#takeAare(aare: Aare): ClientEvent[] {
		if (aare.result !== 0 || (aare.diagnostic.source === 'provider' && aare.diagnostic.value !== 0))
			return this.#refuse(aare);
		if (!this.#isExpected(aare)) return this.#fail({ why: 'other-meter' });
		if (aare.respondingApTitle?.length === 8) this.#channel?.setPeerTitle(aare.respondingApTitle);
		if (!aare.userInformation) return this.#fail({ why: 'breach', code: 'missing-field' });
		const initiate = this.#openInitiate(aare.userInformation);
		if ('why' in initiate) return this.#fail(initiate);
		this.#agreement = this.#agree(initiate, aare.respondingApTitle);
		if (this.#high()) return this.#prove(aare);
		return this.#finish();
	}

	#isExpected({ respondingApTitle }: Aare): boolean {
		const { expectedTitle } = this.#settings;
		return (
			expectedTitle === undefined ||
			(respondingApTitle !== undefined && equalBytes(respondingApTitle, expectedTitle))
		);
	}

	#openInitiate(octets: Uint8Array): InitiateResponse | RequestFailure {
		let apdu = decodeApdu(octets);
		if (!this.#mayBeProtectedAs(apdu)) return { why: 'not-secure', refusal: 'not-agreed' };
		if (isCiphered(apdu)) {
			if (!this.#channel) return { why: 'not-secure', refusal: 'no-key' };
			const received = this.#channel.openApdu(apdu);
			if ('refused' in received) return { why: 'not-secure', refusal: received.refused };
			apdu = decodeApdu(received.octets);
		} else if (this.#ciphered && apdu.apdu === 'initiate-response')
			return { why: 'not-secure', refusal: 'not-ciphered' };
		if (apdu.apdu === 'confirmed-service-error') return serviceErrorFailure(apdu);
		return apdu.apdu === 'initiate-response' ? apdu : { why: 'breach', code: 'unexpected-answer' };
	}

	#agree(initiate: InitiateResponse, title: Uint8Array | undefined): Agreement {
		const limited = initiate.maxPdu > 0 && initiate.maxPdu < UNLIMITED;
		return {
			conformance: initiate.conformance & (this.#settings.conformance ?? FULL_CONFORMANCE),
			maxPdu: limited ? Math.max(initiate.maxPdu, MIN_PDU) : UNLIMITED,
			meterTitle: title ?? this.#channel?.peerTitle ?? new Uint8Array(),
		};
	}

	#refuse(aare: Aare): ClientEvent[] {
		this.linkLost();
		const { source, value } = aare.diagnostic;
		const rows = source === 'user' ? USER_DIAGNOSTICS : PROVIDER_DIAGNOSTICS;
		return [
			{
				kind: 'refused',
				result: nameOf(ASSOCIATION_RESULTS, aare.result),
				diagnostic: nameOf(rows, value),
			},
		];
	}

	#high(): HighMechanism | undefined {
		const { mechanism } = this.#settings;
		return mechanism === 'none' || mechanism === 'low' ? undefined : mechanism;
	}

	/** Pass 3: what we make of the meter's challenge. */
	#prove(aare: Aare): ClientEvent[] {
		this.#meterChallenge = aare.authenticationValue ?? new Uint8Array();
		if (this.#meterChallenge.length === 0)
			return this.#fail({ why: 'breach', code: 'missing-field' });
		const counter = this.#high() === 'high-gmac' ? this.#channel?.takeCounter() : 0;
		if (counter === undefined) return this.#fail({ why: 'key-used-up' });
		const proof = ownProof(this.#proofs(), counter);
		const octets = this.#secure(
			encodeActionRequest({
				apdu: 'action-request',
				kind: 'normal',
				invoke: invokeOctet(1),
				target: REPLY_TO_HLS,
				parameter: octetString(proof),
			}),
		);
		if (!octets) return this.#fail({ why: 'key-used-up' });
		this.#state = 'proving';
		return [{ kind: 'send', octets }];
	}

	/** Pass 4: what the meter makes of our challenge. */
	#takeProof(response: ActionResponse): ClientEvent[] {
		const returned = response.kind === 'normal' && response.result === 0 && response.returned;
		if (!returned || !('data' in returned) || returned.data.type !== 'octet-string') {
			this.linkLost();
			return [
				{ kind: 'refused', result: 'rejected-permanent', diagnostic: 'authentication-failure' },
			];
		}
		const holds = peerProofHolds(this.#proofs(), returned.data.value);
		return holds ? this.#finish() : this.#fail({ why: 'meter-not-authentic' });
	}

	#proofs(): ProofExchange {
		const { secret, signing, security, systemTitle, challenge } = this.#settings;
		return {
			mechanism: this.#high() as HighMechanism,
			keys: hlsKeys(secret, signing, security),
			ownTitle: systemTitle ?? new Uint8Array(),
			peerTitle: this.#agreement?.meterTitle ?? new Uint8Array(),
			ownChallenge: challenge ?? new Uint8Array(),
			peerChallenge: this.#meterChallenge,
		};
	}

	#finish(): ClientEvent[] {
		const agreement = this.#agreement as Agreement;
		this.#state = 'associated';
		const { security } = this.#settings;
		if (this.#ciphered && security?.keys.dedicated)
			this.#channel?.useDedicated(security.keys.dedicated);
		if (security?.form && this.#agreed('general-protection')) this.#channel?.useForm(security.form);
		return [{ kind: 'associated', agreement }];
	}

	#takeAnswer(apdu: Apdu, trailing: number): ClientEvent[] {
		// A second answer to a request that is done, or one nobody asked for, changes nothing.
		if (!this.#exchange) return [];
		const step = this.#exchange.take(apdu);
		if (step.kind === 'answer') {
			this.#exchange = undefined;
			this.#sender = undefined;
			return [{ kind: 'answer', answer: step.answer, trailing }];
		}
		const octets = this.#secure(step.octets);
		return octets ? [{ kind: 'send', octets }] : this.#fail({ why: 'key-used-up' });
	}

	#takeFailure(apdu: Apdu): ClientEvent[] {
		if (apdu.apdu === 'confirmed-service-error') return this.#fail(serviceErrorFailure(apdu));
		if (apdu.apdu !== 'exception-response')
			return this.#fail({ why: 'breach', code: 'unexpected-answer' });
		const failure = exceptionFailure(apdu);
		const wanted = failure.why === 'exception' ? failure.wantedCounter : undefined;
		if (wanted !== undefined && this.#channel) {
			this.#channel.raiseCounter(wanted);
			if (this.#state === 'associating' && !this.#counterRaised) {
				this.#counterRaised = true;
				return this.associate();
			}
		}
		return this.#fail(failure);
	}

	/** The request under way has no answer; before the association stands, neither has it. */
	#fail(failure: RequestFailure): ClientEvent[] {
		this.#exchange = undefined;
		this.#sender = undefined;
		this.#receiver = undefined;
		if (this.#state !== 'associated') {
			this.#state = 'idle';
			this.#agreement = undefined;
		}
		return [{ kind: 'failed', failure }];
	}

	#secure(plain: Uint8Array): Uint8Array | undefined {
		return this.#ciphered ? this.#channel?.cipher(plain) : plain;
	}

	#nextInvoke(agreed: Conformance): number {
		const { fixedInvokeId } = this.#settings;
		this.#invokeId = fixedInvokeId ?? (this.#invokeId + 1) % 16;
		return invokeOctet(
			this.#invokeId,
			fixedInvokeId !== undefined || allows(agreed, 'priority-management'),
		);
	}
}
