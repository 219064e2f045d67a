/**
 * Challenges of WebAuthn: what a passkey is asked to sign. Each is answered once, within five minutes,
 * whether the answer turns out right or wrong.
 */
import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { Backend } from '../backend.ts';
import type { ChallengeRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { decideAuthority } from './roles.ts';

export const CHALLENGE_LIFE_MS = 5 * 60_000;
/** ES256, EdDSA, RS256: what authenticators make. */
const ALGORITHMS = [-7, -8, -257];

type Parts = Pick<Backend, 'database' | 'clock'>;
type Purpose = ChallengeRow['purpose'];

/** Loaded with the first passkey: it is the largest library of the backend, and most never need it. */
export const webAuthn = () => import('@simplewebauthn/server');

/**
 * Who answers for a passkey: the host of the origin under which browsers know this server. `ORIGIN` fixes
 * it; a passkey is bound to it by the browser and the authenticator, not by our word.
 */
export function relyingParty(url: URL): { readonly id: string; readonly origin: string } {
	return { id: url.hostname, origin: url.origin };
}

/** Order of refusal, for a registration only: those of `operator.own`. */
export async function makeChallenge(
	backend: Parts,
	caller: Caller,
	url: URL,
	{ purpose }: { readonly purpose: Purpose },
): Promise<{ challengeId: string; expiresAtMs: number; options: object } | Refusal> {
	const denied =
		purpose === 'passkey-registration' ? decideAuthority(caller, 'operator.own') : undefined;
	if (denied !== undefined) return denied;
	const challenge = randomBytes(32);
	const options =
		caller.operatorId !== undefined && purpose === 'passkey-registration'
			? await registrationOptions(backend, caller.utilityId, caller.operatorId, url, challenge)
			: await assertionOptions(url, challenge);
	const nowMs = backend.clock.nowMs();
	const row: ChallengeRow = {
		...{ id: uuidV7({ msecs: nowMs }), purpose },
		operator_id: purpose === 'passkey-registration' ? (caller.operatorId ?? null) : null,
		challenge: challenge.toString('base64url'),
		expires_at_ms: nowMs + CHALLENGE_LIFE_MS,
	};
	await transact(backend.database, (write) => write.insertInto('challenge').values(row).execute());
	return { challengeId: row.id, expiresAtMs: row.expires_at_ms, options };
}

/** The value that was to be signed, which is then gone; undefined: none such, answered before, or too old. */
export async function takeChallenge(
	{ database, clock }: Parts,
	id: string,
	purpose: Purpose,
	operatorId: string | null,
): Promise<string | undefined> {
	const row = await transact(database, (write) =>
		write
			.deleteFrom('challenge')
			.where('id', '=', id)
			.where('purpose', '=', purpose)
			.returning(['challenge', 'operator_id', 'expires_at_ms'])
			.executeTakeFirst(),
	);
	const good = row && row.operator_id === operatorId && clock.nowMs() < row.expires_at_ms;
	return good ? row.challenge : undefined;
}

async function registrationOptions(
	{ database }: Parts,
	utilityId: string,
	operatorId: string,
	url: URL,
	challenge: Buffer<ArrayBuffer>,
): Promise<object> {
	const owner = await database
		.selectFrom('operator')
		.innerJoin('utility', 'utility.id', 'operator.utility_id')
		.select(['operator.login', 'operator.name', 'utility.name as utility'])
		.where('operator.id', '=', operatorId)
		.where('operator.utility_id', '=', utilityId)
		.executeTakeFirstOrThrow();
	const present = await database
		.selectFrom('passkey')
		.select('credential_id as id')
		.where('operator_id', '=', operatorId)
		.execute();
	return await (
		await webAuthn()
	).generateRegistrationOptions({
		...{ rpName: owner.utility, rpID: relyingParty(url).id, challenge },
		...{ userID: Buffer.from(operatorId), userName: owner.login, userDisplayName: owner.name },
		excludeCredentials: present,
		attestationType: 'none',
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		supportedAlgorithmIDs: ALGORITHMS,
		timeout: CHALLENGE_LIFE_MS,
	});
}

/** Names no passkey: the authenticator finds its own, and a stranger learns of nobody's. */
async function assertionOptions(url: URL, challenge: Buffer<ArrayBuffer>): Promise<object> {
	return await (
		await webAuthn()
	).generateAuthenticationOptions({
		...{ rpID: relyingParty(url).id, challenge, timeout: CHALLENGE_LIFE_MS },
		userVerification: 'required',
	});
}
