/**
 * The meter's side of an association with one client (IEC 62056-5-3, 7), sans-IO and without time: one
 * APDU goes in, its answers come out.
 *
 * Always holds: nothing but pass 3 is served before the client has proved itself; a message with less
 * protection than the policy asks for, with a wrong tag or an old counter is refused by the standard's
 * own diagnostic and changes nothing.
 */
import { Breach } from '#lib/core/bytes/breach.ts';
import { Writer } from '#lib/core/bytes/writer.ts';
import type { Aarq } from '../acse/association.ts';
import type { AssociationResult, HighMechanism, UserDiagnostic } from '../acse/names.ts';
import { encodeRelease } from '../acse/release.ts';
import type { ActionRequest } from '../apdu/action.ts';
import { type Apdu, decodeApdu, encodeApdu } from '../apdu/apdu.ts';
import { allows, type Conformance } from '../apdu/conformance.ts';
import type { GeneralBlock } from '../apdu/general.ts';
import type { InitiateRequest } from '../apdu/initiate.ts';
import { ACTION_RESULTS, codeOf } from '../apdu/results.ts';
import { octetString } from '../axdr/build.ts';
import type { LinkPeers } from '../message-link.ts';
import { protectionFor, satisfies } from '../security/policy.ts';
import { isCiphered, type Received, SecureChannel } from './channel.ts';
import { BLOCK_OVERHEAD, BlockReceiver, BlockSender } from './general-blocks.ts';
import {
	encodeAgreement,
	encodeInitiateError,
	encodeRejection,
	encodeVerdict,
} from './meter-answer.ts';
import { decideAssociation, decideInitiate } from './meter-decision.ts';
import { exception, MeterService } from './meter-service.ts';
import type { AssociationSetup, MeterSecurity, MeterSettings } from './meter-settings.ts';
import { hlsKeys, isReplyToHls, ownProof, peerProofHolds, type ProofExchange } from './proof.ts';
import { ASSOCIATION_TABLE, type AssociationState } from './state-table.ts';

const DEFAULT_MAX_PDU = 1024;
const UNLIMITED = 0xffff;

export class MeterAssociation {
	readonly #settings: MeterSettings;
	readonly #peers: LinkPeers;
	readonly #setup: AssociationSetup | undefined;
	#state: AssociationState = 'idle';
	#security: MeterSecurity | undefined;
	#channel: SecureChannel | undefined;
	#service: MeterService | undefined;
	#agreed: Conformance = 0;
	#clientMaxPdu = UNLIMITED;
	#clientTitle: Uint8Array = new Uint8Array();
	#clientChallenge: Uint8Array = new Uint8Array();
	#ownChallenge: Uint8Array = new Uint8Array();
	#sender: BlockSender | undefined;
	#receiver: BlockReceiver | undefined;

	constructor(settings: MeterSettings, peers: LinkPeers) {
		this.#settings = settings;
		this.#peers = peers;
		this.#setup = settings.setups.find(({ client }) => client === peers.client);
	}

	get state(): AssociationState {
		return this.#state;
	}

	/** The association is over without a release: the link is gone. */
	reset(): void {
		this.#state = 'idle';
		this.#service = undefined;
		this.#sender = undefined;
		this.#receiver = undefined;
	}

	/** Takes one APDU of the client; the APDUs to answer with, usually one. */
	receive(octets: Uint8Array): Uint8Array[] {
		let apdu: Apdu;
		try {
			apdu = decodeApdu(octets);
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
			return [encodeApdu(exception('service-not-allowed', 'other-reason'))];
		}
		if (apdu.apdu === 'general-block-transfer') return this.#takeBlock(apdu);
		const answer = this.#answer(apdu);
		return this.#fitToClient(answer);
	}

	/** An answer longer than the client takes goes in general blocks, where that was agreed. */
	#fitToClient(answer: Uint8Array): Uint8Array[] {
		if (answer.length <= this.#clientMaxPdu || this.#state !== 'associated') return [answer];
		if (!allows(this.#agreed, 'general-block-transfer'))
			return [encodeApdu(exception('service-not-allowed', 'pdu-too-long'))];
		return this.#startBlocks(answer, 0);
	}

	#startBlocks(answer: Uint8Array, peerBlock: number): Uint8Array[] {
		const length = this.#clientMaxPdu - BLOCK_OVERHEAD;
		this.#sender = new BlockSender(answer, length, this.#settings.generalWindow ?? 1, peerBlock);
		return this.#sender.first();
	}

	#takeBlock(block: GeneralBlock): Uint8Array[] {
		if (this.#state !== 'associated' || !allows(this.#agreed, 'general-block-transfer'))
			return [encodeApdu(exception('service-not-allowed', 'service-not-supported'))];
		if (this.#sender && block.raw.length === 0) return this.#sender.next(block);
		this.#sender = undefined;
		this.#receiver ??= new BlockReceiver(this.#settings.generalWindow ?? 1);
		const progress = this.#receiver.take(block);
		if (progress.kind === 'more') return [];
		if (progress.kind === 'acknowledge') return [progress.octets];
		this.#receiver = undefined;
		if (progress.kind === 'too-long')
			return [encodeApdu(exception('service-not-allowed', 'pdu-too-long'))];
		try {
			const apdu = decodeApdu(progress.octets);
			if (apdu.apdu !== 'general-block-transfer')
				return this.#startBlocks(this.#answer(apdu), block.block);
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
		}
		return [encodeApdu(exception('service-not-allowed', 'other-reason'))];
	}

	/** The answer to a whole APDU, ciphered as it was asked. */
	#answer(apdu: Apdu): Uint8Array {
		if (!isCiphered(apdu)) return this.#act(apdu, undefined);
		if (!this.#channel || this.#state === 'idle')
			return encodeApdu(exception('service-not-allowed', 'operation-not-possible'));
		if (apdu.apdu === 'general-ciphering' && !allows(this.#agreed, 'general-protection'))
			return encodeApdu(exception('service-not-allowed', 'service-not-supported'));
		const received = this.#channel.openApdu(apdu);
		if ('refused' in received) return this.#notOpened(received.refused);
		this.#channel.answerAs(received);
		let plain: Apdu;
		try {
			plain = decodeApdu(received.octets);
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
			return this.#cipher(encodeApdu(exception('service-not-allowed', 'other-reason')));
		}
		return this.#cipher(this.#act(plain, received));
	}

	#notOpened(refused: string): Uint8Array {
		if (refused !== 'replayed')
			return encodeApdu(exception('service-not-allowed', 'deciphering-error'));
		const wanted = this.#settings.counters.read(this.#receiveSpace());
		const extra = new Writer(4).u32(wanted >>> 0).finish();
		return encodeApdu(exception('service-not-allowed', 'invocation-counter-error', extra));
	}

	/** Exceptions have no ciphered form of their own and go out plain. */
	#cipher(plain: Uint8Array): Uint8Array {
		if (plain[0] === 0xd8) return plain;
		const ciphered = this.#channel?.cipher(plain);
		return ciphered ?? encodeApdu(exception('service-not-allowed', 'operation-not-possible'));
	}

	#act(apdu: Apdu, received: Received | undefined): Uint8Array {
		const action = ASSOCIATION_TABLE.meter[this.#state][apdu.apdu];
		if (action === 'associate') return this.#associate(apdu as Aarq);
		if (action === 'release') return this.#release();
		// Signed messages are read by the translator only; no association agrees to them.
		if (apdu.apdu === 'unknown' || apdu.apdu === 'general-signing')
			return encodeApdu(exception('service-not-allowed', 'service-not-supported'));
		if (!action) return encodeApdu(exception('service-not-allowed', 'operation-not-possible'));
		if (!this.#protectedEnough(received) && !this.#servesUnprotected(apdu))
			return encodeApdu(exception('service-not-allowed', 'deciphering-error'));
		if (action === 'check-proof') return this.#checkProof(apdu as ActionRequest);
		return this.#serve(apdu as Parameters<MeterService['serve']>[0], received);
	}

	#protectedEnough(received: Received | undefined): boolean {
		if (this.#setup?.context !== 'logical-name-ciphered') return true;
		if (!received) return false;
		const demand = this.#security?.policy.request;
		return !demand || satisfies(demand, received.control);
	}

	#servesUnprotected(apdu: Apdu): boolean {
		const { departures } = this.#settings;
		if (apdu.apdu !== 'action-request' || apdu.kind !== 'normal') return false;
		return departures?.servesUnprotected?.(apdu.target) ?? false;
	}

	#serve(
		request: Parameters<MeterService['serve']>[0],
		received: Received | undefined,
	): Uint8Array {
		const setup = this.#setup as AssociationSetup;
		const access = { ...this.#peers, mechanism: setup.mechanism, control: received?.control };
		try {
			return encodeApdu((this.#service as MeterService).serve(request, access));
		} catch (error) {
			if (!(error instanceof Breach)) throw error;
			return encodeApdu(exception('service-not-allowed', 'other-reason'));
		}
	}

	#release(): Uint8Array {
		this.reset();
		return encodeRelease({ apdu: 'RLRE', reason: Uint8Array.of(0) });
	}

	#associate(aarq: Aarq): Uint8Array {
		this.reset();
		const setup = this.#setup;
		const decision = decideAssociation(aarq, setup);
		if (!decision.accepted || !setup) return encodeRejection(aarq, decision, setup);
		this.#clientTitle = aarq.callingApTitle ?? new Uint8Array();
		this.#security = setup.security?.();
		this.#channel = this.#security && this.#openChannel(this.#security);
		const initiate = this.#openInitiate(aarq.userInformation as Uint8Array, setup);
		if (initiate instanceof Uint8Array) return initiate;
		const error = decideInitiate(initiate, setup, this.#security?.suite);
		if (error !== undefined)
			return this.#aare(setup, 'rejected-permanent', 'no-reason-given', encodeInitiateError(error));
		return this.#accept(aarq, setup, initiate);
	}

	#openChannel(security: MeterSecurity): SecureChannel {
		const { counters, systemTitle, departures } = this.#settings;
		const floor = protectionFor(security.policy.response);
		return new SecureChannel({
			suite: security.suite,
			keys: security.keys,
			protection: floor ?? 'authenticated-encrypted',
			...(floor && { floor }),
			ownTitle: systemTitle,
			peerTitle: this.#clientTitle,
			counters,
			sendSpace: 'send',
			receiveSpace: this.#receiveSpace(),
			...(departures?.takesOldCounters && { takesOldCounters: departures.takesOldCounters }),
		});
	}

	#receiveSpace(): string {
		return `receive-${this.#clientTitle.join('.')}`;
	}

	/** The initiate request, or the whole answer where there is none to be had. */
	#openInitiate(octets: Uint8Array, setup: AssociationSetup): InitiateRequest | Uint8Array {
		const refused = exception('service-not-allowed', 'deciphering-error');
		let apdu = decodeOr(octets);
		if (setup.context === 'logical-name-ciphered') {
			// What needs general protection cannot come before that was agreed.
			if (!apdu || !this.#channel || apdu.apdu === 'general-ciphering') return encodeApdu(refused);
			const received = this.#channel.openApdu(apdu);
			if ('refused' in received) return this.#notOpened(received.refused);
			if (!this.#protectedEnough(received)) return encodeApdu(refused);
			this.#channel.answerAs(received);
			apdu = decodeOr(received.octets);
		}
		if (apdu?.apdu === 'initiate-request') return apdu;
		return this.#aare(setup, 'rejected-permanent', 'no-reason-given');
	}

	#accept(aarq: Aarq, setup: AssociationSetup, initiate: InitiateRequest): Uint8Array {
		const maxPdu = this.#settings.maxPdu ?? DEFAULT_MAX_PDU;
		const ciphered = setup.context === 'logical-name-ciphered';
		this.#agreed = initiate.conformance & setup.conformance;
		this.#clientMaxPdu = Math.min(initiate.maxPdu || UNLIMITED, maxPdu);
		const overhead = () => (ciphered && this.#channel?.overhead) || 0;
		const clientMaxPdu = this.#clientMaxPdu;
		this.#service = new MeterService({
			application: this.#settings.application,
			agreed: this.#agreed,
			// The form of an answer follows its request, and with it what is left for the answer.
			get maxPdu() {
				return clientMaxPdu - overhead();
			},
		});
		const plain = encodeAgreement(this.#agreed, maxPdu);
		const answer = ciphered ? this.#channel?.cipher(plain, true) : plain;
		if (!answer) return this.#aare(setup, 'rejected-transient', 'no-reason-given');
		if (ciphered && initiate.dedicatedKey) this.#channel?.useDedicated(initiate.dedicatedKey);
		const high = setup.mechanism !== 'none' && setup.mechanism !== 'low';
		this.#state = high ? 'proving' : 'associated';
		if (!high) return this.#aare(setup, 'accepted', 'null', answer);
		this.#clientChallenge = aarq.authenticationValue as Uint8Array;
		this.#ownChallenge = this.#settings.challenge();
		return this.#aare(setup, 'accepted', 'authentication-required', answer);
	}

	#aare(
		setup: AssociationSetup,
		result: AssociationResult,
		diagnostic: UserDiagnostic,
		userInformation?: Uint8Array,
	): Uint8Array {
		const told = this.#clientTitle.length > 0;
		return encodeVerdict(setup, result, diagnostic, {
			...((setup.context === 'logical-name-ciphered' || told) && {
				meterTitle: this.#settings.systemTitle,
			}),
			...(diagnostic === 'authentication-required' && { challenge: this.#ownChallenge }),
			...(userInformation && { userInformation }),
		});
	}

	/** Pass 3, and pass 4 in return; a wrong proof ends the association. */
	#checkProof(request: ActionRequest): Uint8Array {
		if (request.kind !== 'normal' || !isReplyToHls(request.target))
			return encodeApdu(exception('service-not-allowed', 'operation-not-possible'));
		const { invoke, parameter } = request;
		const proofs = this.#proofs(this.#setup as AssociationSetup);
		const holds = parameter?.type === 'octet-string' && this.#proofHolds(proofs, parameter.value);
		const counter = proofs.mechanism === 'high-gmac' ? this.#channel?.takeCounter() : 0;
		if (!holds || counter === undefined) {
			this.reset();
			const result = codeOf(ACTION_RESULTS, 'read-write-denied');
			return encodeApdu({ apdu: 'action-response', kind: 'normal', invoke, result });
		}
		this.#state = 'associated';
		const returned = { data: octetString(ownProof(proofs, counter)) };
		return encodeApdu({ apdu: 'action-response', kind: 'normal', invoke, result: 0, returned });
	}

	#proofHolds(proofs: ProofExchange, proof: Uint8Array): boolean {
		return this.#settings.departures?.takesAnyProof?.() || peerProofHolds(proofs, proof);
	}

	#proofs({ mechanism, secret, signing }: AssociationSetup): ProofExchange {
		return {
			mechanism: mechanism as HighMechanism,
			keys: hlsKeys(secret, signing, this.#security),
			ownTitle: this.#settings.systemTitle,
			peerTitle: this.#clientTitle,
			ownChallenge: this.#ownChallenge,
			peerChallenge: this.#clientChallenge,
		};
	}
}

function decodeOr(octets: Uint8Array): Apdu | undefined {
	try {
		return decodeApdu(octets);
	} catch (error) {
		if (error instanceof Breach) return undefined;
		throw error;
	}
}
