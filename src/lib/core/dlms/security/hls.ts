/**
 * High-level security (IEC 62056-5-3, 5.7.4): what each side makes of the other's challenge, mechanisms
 * 2 to 7. Pass 3 goes from client to meter over the meter's challenge, pass 4 back over the client's.
 */
import { ecb } from '@noble/ciphers/aes.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from '#lib/core/bytes/equal.ts';
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { HighMechanism } from '../acse/names.ts';
import { gmac, gmacHolds } from './gmac.ts';
import { sign, signatureHolds } from './signature.ts';
import { type SuiteId, securityControl } from './suite.ts';

/** Both sides of an exchange as one of them sees it. */
export interface Challenges {
	/** The challenge that is answered: the one the answering side received. */
	readonly challenge: Uint8Array;
	/** The challenge the answering side gave out. */
	readonly counterChallenge: Uint8Array;
	/** System title of the side that answers; empty where it has told none. */
	readonly ownTitle: Uint8Array;
	/** System title of the side whose challenge is answered. */
	readonly peerTitle: Uint8Array;
}

/** What a mechanism needs beside the challenges. */
export interface HlsKeys {
	readonly suite: SuiteId;
	/** The shared secret of mechanisms 2, 3, 4 and 6. */
	readonly secret?: Uint8Array;
	/** Encryption and authentication key of mechanism 5. */
	readonly encryptionKey?: Uint8Array;
	readonly authenticationKey?: Uint8Array;
	/** The own signing key of mechanism 7. */
	readonly signingKey?: Uint8Array;
	/** The peer's verifying key of mechanism 7, X ‖ Y. */
	readonly peerVerifyingKey?: Uint8Array;
}

/**
 * The answer to a challenge; `counter` is used by mechanism 5 only.
 * @throws {TypeError} slip: the mechanism's key or secret is not there
 */
export function answerChallenge(
	mechanism: HighMechanism,
	keys: HlsKeys,
	challenges: Challenges,
	counter: number,
): Uint8Array {
	switch (mechanism) {
		case 'high-manufacturer':
			return aesOfChallenge(needed(keys.secret), challenges.challenge);
		case 'high-md5':
			return md5(concatBytes(challenges.challenge, needed(keys.secret)));
		case 'high-sha1':
			return sha1(concatBytes(challenges.challenge, needed(keys.secret)));
		case 'high-gmac':
			return gmac(
				gmacContext(keys, challenges.ownTitle),
				securityControl(keys.suite, 'authenticated'),
				counter,
				challenges.challenge,
			);
		case 'high-sha256':
			return sha256(concatBytes(needed(keys.secret), signedChallenges(challenges)));
		case 'high-ecdsa':
			return sign(keys.suite, needed(keys.signingKey), signedChallenges(challenges));
	}
}

/**
 * Whether `answer` is what the peer must make of our challenge; `challenges` is written from the
 * peer's side. @throws {TypeError} slip: the mechanism's key or secret is not there
 */
export function answerHolds(
	mechanism: HighMechanism,
	keys: HlsKeys,
	challenges: Challenges,
	answer: Uint8Array,
): boolean {
	if (mechanism === 'high-gmac')
		return gmacHolds(
			gmacContext(keys, challenges.ownTitle),
			securityControl(keys.suite, 'authenticated'),
			challenges.challenge,
			answer,
		);
	if (mechanism === 'high-ecdsa')
		return signatureHolds(
			keys.suite,
			needed(keys.peerVerifyingKey),
			signedChallenges(challenges),
			answer,
		);
	return equalBytes(answerChallenge(mechanism, keys, challenges, 0), answer);
}

/** ST of the answering side ‖ ST of the peer ‖ challenge received ‖ challenge given. */
function signedChallenges(challenges: Challenges): Uint8Array {
	return concatBytes(
		challenges.ownTitle,
		challenges.peerTitle,
		challenges.challenge,
		challenges.counterChallenge,
	);
}

/**
 * Mechanism 2 is the maker's own; this is its most widespread reading: AES-128-ECB of the challenge
 * under the secret, the last block filled with zeros, a short secret too.
 */
function aesOfChallenge(secret: Uint8Array, challenge: Uint8Array): Uint8Array {
	const key = new Uint8Array(16);
	key.set(secret.subarray(0, 16));
	const blocks = new Uint8Array(Math.ceil(challenge.length / 16) * 16);
	blocks.set(challenge);
	return ecb(key, { disablePadding: true }).encrypt(blocks);
}

function gmacContext(keys: HlsKeys, systemTitle: Uint8Array) {
	return {
		key: needed(keys.encryptionKey),
		authenticationKey: needed(keys.authenticationKey),
		systemTitle,
	};
}

function needed(key: Uint8Array | undefined): Uint8Array {
	if (!key) throw new TypeError('the key or secret of the authentication mechanism is missing');
	return key;
}
