import { describe, expect, it } from 'vitest';
import generic from '#lib/core/dlms/profile/generic.json' with { type: 'json' };
import type { AssociationRequest } from '#lib/core/sync/wire-associations.ts';
import { checkAssociation } from '#lib/server/dlms-secret/check-association.ts';

const KEY = '00112233445566778899aabbccddeeff';
const keys = { unicastKeyHex: KEY, authenticationKeyHex: KEY };
type Profile = AssociationRequest['profile'];

const asked = (
	profile: Partial<Profile>,
	secrets: AssociationRequest['secrets'],
): AssociationRequest => ({ profile: { ...(generic as Profile), ...profile }, secrets });

const pointers = (request: AssociationRequest) =>
	checkAssociation(request).map(({ pointer }) => pointer);

describe('a profile with its secrets', () => {
	it.each([
		['GMAC with both keys', asked({}, keys)],
		['no security and no secret', asked({ mechanism: 'none', security: 'none' }, {})],
		[
			'a password in the clear',
			asked({ mechanism: 'low', security: 'none' }, { secretHex: '3132333435363738' }),
		],
		['a password under keys', asked({ mechanism: 'low' }, { ...keys, secretHex: '31' })],
		[
			'suite 2 with keys of 32 octets',
			asked({ suite: 2 }, { unicastKeyHex: KEY + KEY, authenticationKeyHex: KEY + KEY }),
		],
	])('%s belongs together', (_, request) => {
		expect(checkAssociation(request)).toEqual([]);
	});

	it.each([
		['a key missing', asked({}, { unicastKeyHex: KEY }), ['/secrets/authenticationKeyHex']],
		[
			'keys of the wrong suite',
			asked({ suite: 2 }, keys),
			['/secrets/unicastKeyHex', '/secrets/authenticationKeyHex'],
		],
		['a password missing', asked({ mechanism: 'low' }, keys), ['/secrets/secretHex']],
		[
			'keys that nobody needs',
			asked({ mechanism: 'none', security: 'none' }, keys),
			['/secrets/unicastKeyHex', '/secrets/authenticationKeyHex'],
		],
		[
			'a password that nobody needs',
			asked({}, { ...keys, secretHex: '31' }),
			['/secrets/secretHex'],
		],
		[
			'signing keys, which are not kept here',
			asked({ mechanism: 'high-ecdsa', suite: 1 }, keys),
			['/profile/mechanism'],
		],
		['no logical name', asked({ tokenGateway: 'x' }, keys), ['/profile/tokenGateway']],
		[
			'a device that no address holds',
			asked({ device: 200, physical: undefined }, keys),
			['/profile/physical'],
		],
	])('with %s is refused, and what is wrong is named', (_, request, wrong) => {
		expect(pointers(request)).toEqual(wrong);
	});

	it('is told what was expected, never what came', () => {
		const request = asked(
			{ suite: 2 },
			{ unicastKeyHex: 'ab'.repeat(16), secretHex: 'cd'.repeat(9) },
		);
		const told = JSON.stringify(checkAssociation(request));
		expect(told).not.toContain('abab');
		expect(told).not.toContain('cdcd');
	});
});
