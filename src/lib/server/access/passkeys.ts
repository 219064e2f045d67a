/** Passkeys of operators: registered, listed, removed. */
import type { InferOutput } from 'valibot';
import type { PasskeyAnswer, PasskeyRequest } from '#lib/core/sync/wire-people.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { transact } from '../database/transact.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import { findOperator } from './operators.ts';
import { decideOwnOrManaged } from './own-or-managed.ts';
import { relyingParty, takeChallenge, webAuthn } from './passkey-challenge.ts';
import { inScope } from './scope.ts';

type Parts = Pick<Backend, 'database' | 'clock'>;
type Attestation = InferOutput<typeof PasskeyRequest>['attestation'];

const CREDENTIAL_ID = /^[A-Za-z0-9_-]{1,1400}$/;

interface Registered {
	readonly id: string;
	readonly publicKey: Uint8Array;
	readonly counter: number;
}

/** Order of refusal: those of `operator.own`, `passkey-wrong`. */
export async function registerPasskey(
	backend: Parts,
	caller: Caller,
	url: URL,
	{ challengeId, name, attestation }: InferOutput<typeof PasskeyRequest>,
): Promise<PasskeyAnswer | Refusal> {
	const { operatorId } = caller;
	if (operatorId === undefined) return { refusal: 'sign-in-needed' };
	const challenge = await takeChallenge(backend, challengeId, 'passkey-registration', operatorId);
	const registered = challenge && (await verifyAttestation(url, challenge, attestation));
	if (!registered) return { refusal: 'passkey-wrong' };
	const nowMs = backend.clock.nowMs();
	return await transact(backend.database, async (write) => {
		const { numInsertedOrUpdatedRows } = await write
			.insertInto('passkey')
			.values({
				...{ credential_id: registered.id, operator_id: operatorId, name, created_at_ms: nowMs },
				public_key: Buffer.from(registered.publicKey).toString('base64url'),
				counter: registered.counter,
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirstOrThrow();
		if (numInsertedOrUpdatedRows === 0n) return { refusal: 'passkey-wrong' };
		const subject = { kind: 'operator', id: operatorId };
		await recordDeed(write, caller, { action: 'passkey-registered', subject }, nowMs);
		return { credentialId: registered.id, name, createdAtMs: nowMs };
	});
}

async function verifyAttestation(
	url: URL,
	challenge: string,
	attestation: Attestation,
): Promise<Registered | undefined> {
	const { id, origin } = relyingParty(url);
	const { verifyRegistrationResponse } = await webAuthn();
	try {
		const { registrationInfo } = await verifyRegistrationResponse({
			response: { ...attestation, clientExtensionResults: {} },
			...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id },
			requireUserVerification: true,
		});
		return registrationInfo?.credential;
	} catch {
		// Whatever is wrong with it, the answer is the same; the library says it by throwing.
		return undefined;
	}
}

/** One's own, or an operator's as administrator. Refusals: of `decideOwnOrManaged`, `not-found`. */
export async function listPasskeys(
	{ database }: Pick<Backend, 'database'>,
	caller: Caller,
	operatorId: string | undefined = caller.operatorId,
): Promise<{ passkeys: PasskeyAnswer[] } | Refusal> {
	if (operatorId === undefined) return { refusal: 'sign-in-needed' };
	const denied = decideOwnOrManaged(caller, operatorId);
	if (denied !== undefined) return denied;
	const operator = inScope(caller, await findOperator(database, operatorId));
	if (isRefusal(operator)) return operator;
	const passkeys = await database
		.selectFrom('passkey')
		.select(['credential_id as credentialId', 'name', 'created_at_ms as createdAtMs'])
		.where('operator_id', '=', operatorId)
		.orderBy('created_at_ms')
		.orderBy('credential_id')
		.execute();
	return { passkeys };
}

/** Order of refusal: `not-found`, those of `decideOwnOrManaged`. */
export async function removePasskey(
	{ database, clock }: Parts,
	caller: Caller,
	credentialId: string,
): Promise<{ removed: number } | Refusal> {
	if (!CREDENTIAL_ID.test(credentialId)) return { refusal: 'not-found' };
	return await transact(database, async (write) => {
		const passkey = await write
			.selectFrom('passkey')
			.innerJoin('operator', 'operator.id', 'passkey.operator_id')
			.select(['operator.id', 'operator.utility_id'])
			.where('credential_id', '=', credentialId)
			.executeTakeFirst();
		const owner = inScope(caller, passkey);
		if (isRefusal(owner)) return owner;
		const denied = decideOwnOrManaged(caller, owner.id);
		if (denied !== undefined) return denied;
		await write.deleteFrom('passkey').where('credential_id', '=', credentialId).execute();
		const subject = { kind: 'operator', id: owner.id };
		await recordDeed(write, caller, { action: 'passkey-removed', subject }, clock.nowMs());
		return { removed: 1 };
	});
}
