/** Signing in by passkey: the authenticator says which, and that it knows its owner. No name is asked for. */
import type { LoginSessionRequest } from '#lib/core/sync/wire-people.ts';
import { recordDeed } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { OperatorRow, PasskeyRow } from '../database/schema.ts';
import { transact } from '../database/transact.ts';
import type { Refusal } from '../refusal.ts';
import type { Caller } from './caller.ts';
import type { OpenedSession } from './login-sessions.ts';
import { relyingParty, takeChallenge, webAuthn } from './passkey-challenge.ts';
import { mayUseTerminal, openOperatorSession } from './sign-in-password.ts';

type Request = Extract<LoginSessionRequest, { by: 'passkey' }>;
type Found = PasskeyRow & Pick<OperatorRow, 'state' | 'utility_id' | 'vendor_id'>;

/** Order of refusal: `passkey-wrong`, `not-allowed` (on a till of somebody else's). */
export async function signInByPasskey(
	backend: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	url: URL,
	{ challengeId, assertion, carrier }: Request,
): Promise<OpenedSession | Refusal> {
	const challenge = await takeChallenge(backend, challengeId, 'passkey-assertion', null);
	if (challenge === undefined) return { refusal: 'passkey-wrong' };
	const { database, clock } = backend;
	const passkey = await findPasskey(database, caller, assertion.id);
	if (passkey === undefined) return { refusal: 'passkey-wrong' };
	const counter = await verifyAssertion(url, challenge, passkey, assertion);
	if (counter === undefined) return await refuseWrong(backend, caller, passkey);
	if (!mayUseTerminal(caller, passkey)) return { refusal: 'not-allowed' };
	return await transact(database, async (write) => {
		const { numUpdatedRows } = await write
			.updateTable('passkey')
			.set({ counter })
			.where('credential_id', '=', passkey.credential_id)
			.where('counter', '=', passkey.counter)
			.executeTakeFirstOrThrow();
		// Removed, or used, while the signature was looked at.
		if (numUpdatedRows === 0n) return { refusal: 'passkey-wrong' };
		const { operator_id: operatorId } = passkey;
		return await openOperatorSession(write, caller, operatorId, carrier, clock.nowMs(), 'passkey');
	});
}

/** Of an active operator of this utility. */
async function findPasskey(
	database: Database,
	{ utilityId }: Caller,
	credentialId: string,
): Promise<Found | undefined> {
	return await database
		.selectFrom('passkey')
		.innerJoin('operator', 'operator.id', 'passkey.operator_id')
		.selectAll('passkey')
		.select(['operator.state', 'operator.utility_id', 'operator.vendor_id'])
		.where('passkey.credential_id', '=', credentialId)
		.where('operator.utility_id', '=', utilityId)
		.where('operator.state', '=', 'active')
		.executeTakeFirst();
}

/** The authenticator's counter; undefined: not signed by it, or a counter that does not rise (a copied key). */
async function verifyAssertion(
	url: URL,
	challenge: string,
	passkey: Found,
	{ response, ...assertion }: Request['assertion'],
): Promise<number | undefined> {
	const { id, origin } = relyingParty(url);
	const { verifyAuthenticationResponse } = await webAuthn();
	const { userHandle, ...signed } = response;
	try {
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response: {
				...assertion,
				response: { ...signed, ...(typeof userHandle === 'string' && { userHandle }) },
				clientExtensionResults: {},
			},
			...{ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id },
			credential: {
				id: passkey.credential_id,
				publicKey: Buffer.from(passkey.public_key, 'base64url'),
				counter: passkey.counter,
			},
			requireUserVerification: true,
		});
		return verified ? authenticationInfo.newCounter : undefined;
	} catch {
		// Whatever is wrong with it, the answer is the same; the library says it by throwing.
		return undefined;
	}
}

async function refuseWrong(
	{ database, clock }: Pick<Backend, 'database' | 'clock'>,
	caller: Caller,
	{ operator_id: id }: Found,
): Promise<Refusal> {
	const deed = {
		action: 'sign-in-failed',
		subject: { kind: 'operator', id },
		facts: { by: 'passkey' },
	};
	await transact(database, (write) => recordDeed(write, caller, deed, clock.nowMs()));
	return { refusal: 'passkey-wrong' };
}
