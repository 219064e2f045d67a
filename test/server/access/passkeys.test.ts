import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '#lib/server/access/caller.ts';
import {
	CHALLENGE_LIFE_MS,
	makeChallenge,
	relyingParty,
} from '#lib/server/access/passkey-challenge.ts';
import { listPasskeys, registerPasskey, removePasskey } from '#lib/server/access/passkeys.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { Authenticator, type Ceremony } from '../harness/authenticator.ts';
import { ORIGIN } from '../harness/rim.ts';
import { deeds, employ } from '../harness/people.ts';
import { GUEST, openShop, type Shop } from '../harness/shop.ts';

const url = new URL(ORIGIN);
const request = new Request(url, { method: 'POST', headers: { origin: ORIGIN } });

let shop: Shop;
let amina: Caller & { operatorId: string };
let authenticator: Authenticator;
beforeEach(async () => {
	shop = await openShop();
	amina = await employ(shop.backend);
	authenticator = new Authenticator();
});
afterEach(async () => shop.dispose());

type Purpose = 'passkey-registration' | 'passkey-assertion';

async function challenged(caller: Caller, purpose: Purpose) {
	const made = await makeChallenge(shop.backend, caller, url, { purpose });
	if (isRefusal(made)) throw new Error(made.refusal);
	const { challenge } = made.options as { challenge: string };
	const ceremony: Ceremony = { challenge, rpId: 'localhost', origin: ORIGIN };
	return { challengeId: made.challengeId, ceremony, options: made.options };
}

async function register(lie: Partial<Ceremony> = {}) {
	const { challengeId, ceremony } = await challenged(amina, 'passkey-registration');
	const attestation = authenticator.register({ ...ceremony, ...lie });
	const asked = { challengeId, name: 'Phone', attestation };
	return { asked, answer: await registerPasskey(shop.backend, amina, url, asked) };
}

async function enter(lie: Partial<Ceremony> = {}) {
	const { challengeId, ceremony } = await challenged(GUEST, 'passkey-assertion');
	const assertion = authenticator.assert({ ...ceremony, ...lie });
	const asked = { by: 'passkey', challengeId, assertion, carrier: 'cookie' } as const;
	const answer = await signIn(shop.backend, GUEST, { request, url }, asked);
	return { asked, answer };
}

const wrong = { refusal: 'passkey-wrong' };

describe('a passkey', () => {
	test('once registered, signs its owner in without a name', async () => {
		const { answer } = await register();
		expect(answer).toMatchObject({ credentialId: authenticator.credentialId, name: 'Phone' });
		expect((await enter()).answer).toMatchObject({ carrier: 'cookie' });
		const session = await shop.backend.database
			.selectFrom('login_session')
			.select('operator_id')
			.executeTakeFirstOrThrow();
		expect(session.operator_id).toBe(amina.operatorId);
		expect(await deeds(shop.backend)).toEqual(['passkey-registered', 'signed-in']);
	});

	test('is asked for its owner’s proof, and to be found without being named', async () => {
		await register();
		const registration = await challenged(amina, 'passkey-registration');
		expect(registration.options).toMatchObject({
			rp: { id: 'localhost', name: 'Lakeside Power & Light' },
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
			excludeCredentials: [{ id: authenticator.credentialId }],
			attestation: 'none',
		});
		const assertion = await challenged(GUEST, 'passkey-assertion');
		expect(assertion.options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
		expect(JSON.stringify(assertion.options)).not.toContain(authenticator.credentialId);
	});

	test('that nobody registered signs nobody in', async () => {
		expect((await enter()).answer).toEqual(wrong);
	});

	test('that did not make sure of its owner is refused', async () => {
		authenticator.verifiesUser = false;
		expect((await register()).answer).toEqual(wrong);
		authenticator.verifiesUser = true;
		await register();
		authenticator.verifiesUser = false;
		expect((await enter()).answer).toEqual(wrong);
	});

	test.each([
		['another origin', { origin: 'http://localhost:4181' }],
		['another host', { rpId: 'elsewhere.example' }],
		['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
	])('that signed for %s is refused', async (_, lie) => {
		expect((await register(lie)).answer).toEqual(wrong);
		await register();
		expect((await enter(lie)).answer).toEqual(wrong);
		expect(await deeds(shop.backend)).toContain('sign-in-failed');
	});

	test('whose counter does not rise is a copy, and refused', async () => {
		await register();
		await enter();
		authenticator.counter = 0;
		expect((await enter()).answer).toEqual(wrong);
		authenticator.counter = 5;
		expect((await enter()).answer).not.toEqual(wrong);
	});

	test('of a suspended operator opens nothing', async () => {
		await register();
		await shop.backend.database.updateTable('operator').set({ state: 'suspended' }).execute();
		expect((await enter()).answer).toEqual(wrong);
	});

	test('of a colleague cannot be registered anew as one’s own', async () => {
		await register();
		const colleague = await employ(shop.backend, { login: 'baraka' });
		const { challengeId, ceremony } = await challenged(colleague, 'passkey-registration');
		const attestation = authenticator.register(ceremony);
		const asked = { challengeId, name: 'Mine', attestation };
		expect(await registerPasskey(shop.backend, colleague, url, asked)).toEqual(wrong);
	});

	test('is removed by its owner or the administrator, and then opens nothing', async () => {
		await register();
		const { credentialId } = authenticator;
		const colleague = await employ(shop.backend, { login: 'baraka' });
		const other = await employ(shop.backend, { login: 'root', roles: ['administrator'] });
		expect(await removePasskey(shop.backend, colleague, credentialId)).toEqual({
			refusal: 'not-allowed',
		});
		const elsewhere = { ...other, utilityId: 'hillside' };
		expect(await removePasskey(shop.backend, elsewhere, credentialId)).toEqual({
			refusal: 'not-found',
		});
		expect(await listPasskeys(shop.backend, other, amina.operatorId)).toMatchObject({
			passkeys: [{ credentialId, name: 'Phone' }],
		});
		expect(await removePasskey(shop.backend, other, credentialId)).toEqual({ removed: 1 });
		expect(await listPasskeys(shop.backend, amina)).toEqual({ passkeys: [] });
		expect((await enter()).answer).toEqual(wrong);
	});
});

describe('a challenge', () => {
	test('is answered once', async () => {
		const { asked } = await register();
		await removePasskey(shop.backend, amina, authenticator.credentialId);
		expect(await registerPasskey(shop.backend, amina, url, asked)).toEqual(wrong);
		await register();
		const { asked: entered } = await enter();
		expect(await signIn(shop.backend, GUEST, { request, url }, entered)).toEqual(wrong);
	});

	test('is spent by a wrong answer too', async () => {
		await register();
		const { challengeId, ceremony } = await challenged(GUEST, 'passkey-assertion');
		const asked = { by: 'passkey', challengeId, carrier: 'cookie' } as const;
		const lie = authenticator.assert({ ...ceremony, origin: 'https://elsewhere.example' });
		const attempt = (assertion: typeof lie) =>
			signIn(shop.backend, GUEST, { request, url }, { ...asked, assertion });
		expect(await attempt(lie)).toEqual(wrong);
		expect(await attempt(authenticator.assert(ceremony))).toEqual(wrong);
	});

	test('is too old after five minutes', async () => {
		await register();
		const { challengeId, ceremony } = await challenged(GUEST, 'passkey-assertion');
		shop.clock.ms += CHALLENGE_LIFE_MS;
		const assertion = authenticator.assert(ceremony);
		const asked = { by: 'passkey', challengeId, assertion, carrier: 'cookie' } as const;
		expect(await signIn(shop.backend, GUEST, { request, url }, asked)).toEqual(wrong);
	});

	test('of a registration is its operator’s, and not for signing in', async () => {
		await register();
		const { challengeId, ceremony } = await challenged(amina, 'passkey-registration');
		const assertion = authenticator.assert(ceremony);
		const asked = { by: 'passkey', challengeId, assertion, carrier: 'cookie' } as const;
		expect(await signIn(shop.backend, GUEST, { request, url }, asked)).toEqual(wrong);
		const colleague = await employ(shop.backend, { login: 'baraka' });
		const other = new Authenticator();
		const taken = { challengeId, name: 'Mine', attestation: other.register(ceremony) };
		expect(await registerPasskey(shop.backend, colleague, url, taken)).toEqual(wrong);
	});

	test('to register is for people who are signed in', async () => {
		const purpose = 'passkey-registration';
		expect(await makeChallenge(shop.backend, GUEST, url, { purpose })).toEqual({
			refusal: 'sign-in-needed',
		});
	});
});

test('the party that relies on a passkey is the host, whatever its port', () => {
	expect(relyingParty(new URL('https://power.example/office'))).toEqual({
		id: 'power.example',
		origin: 'https://power.example',
	});
});
