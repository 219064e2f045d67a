/**
 * HLS passes 3 and 4 (IEC 62056-5-3, 5.7.4; IEC 62056-6-2, class 15, method 1), the same from either
 * side: each proves itself over the other's challenge.
 */
import type { HighMechanism } from '../acse/names.ts';
import type { MethodTarget } from '../apdu/target.ts';
import { obis } from '../cosem/obis.ts';
import { answerChallenge, answerHolds, type HlsKeys } from '../security/hls.ts';
import type { SuiteId } from '../security/suite.ts';

/** The object and method that the proofs go over. */
export const REPLY_TO_HLS: MethodTarget = {
	classId: 15,
	logicalName: obis('0.0.40.0.0.255'),
	method: 1,
};

export function isReplyToHls(target: MethodTarget): boolean {
	return (
		target.classId === REPLY_TO_HLS.classId &&
		target.logicalName === REPLY_TO_HLS.logicalName &&
		target.method === REPLY_TO_HLS.method
	);
}

/** An exchange of proofs as one side sees it. */
export interface ProofExchange {
	readonly mechanism: HighMechanism;
	readonly keys: HlsKeys;
	/** Empty where a side told none. */
	readonly ownTitle: Uint8Array;
	readonly peerTitle: Uint8Array;
	readonly ownChallenge: Uint8Array;
	readonly peerChallenge: Uint8Array;
}

/** What we make of the peer's challenge; `counter` is used by GMAC only. */
export function ownProof(exchange: ProofExchange, counter: number): Uint8Array {
	const { mechanism, keys, ownTitle, peerTitle, ownChallenge, peerChallenge } = exchange;
	const challenges = {
		challenge: peerChallenge,
		counterChallenge: ownChallenge,
		ownTitle,
		peerTitle,
	};
	return answerChallenge(mechanism, keys, challenges, counter);
}

/** Whether `proof` is what the peer must make of our challenge. */
export function peerProofHolds(exchange: ProofExchange, proof: Uint8Array): boolean {
	const { mechanism, keys, ownTitle, peerTitle, ownChallenge, peerChallenge } = exchange;
	const challenges = {
		challenge: ownChallenge,
		counterChallenge: peerChallenge,
		ownTitle: peerTitle,
		peerTitle: ownTitle,
	};
	return answerHolds(mechanism, keys, challenges, proof);
}

/** The keys of the mechanisms, from where each side keeps them. */
export function hlsKeys(
	secret: Uint8Array | undefined,
	signing: Pick<HlsKeys, 'signingKey' | 'peerVerifyingKey'> | undefined,
	security:
		| {
				readonly suite: SuiteId;
				readonly keys: { readonly unicast: Uint8Array; readonly authentication: Uint8Array };
		  }
		| undefined,
): HlsKeys {
	return {
		suite: security?.suite ?? 0,
		...(secret && { secret }),
		...(security && {
			encryptionKey: security.keys.unicast,
			authenticationKey: security.keys.authentication,
		}),
		...signing,
	};
}
