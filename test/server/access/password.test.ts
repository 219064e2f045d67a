import { describe, expect, test } from 'vitest';
import { hashPassword, isHashDated, isPasswordRight } from '#lib/server/access/password.ts';
import { decidePassword } from '#lib/server/access/password-rule.ts';
import { CHEAP_HASH, PASSWORD } from '../harness/people.ts';

describe('a stored password', () => {
	test('is right for its own text only, and says what it cost', async () => {
		const stored = await hashPassword('correct horse battery');
		expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await isPasswordRight(stored, 'correct horse battery')).toBe(true);
		expect(await isPasswordRight(stored, 'correct horse batterz')).toBe(false);
		expect(isHashDated(stored)).toBe(false);
	});

	test('is another each time, and the same for the same salt', async () => {
		expect(await hashPassword('correct horse')).not.toBe(await hashPassword('correct horse'));
		const salt = Buffer.alloc(16, 9);
		expect(await hashPassword('correct horse', salt)).toBe(
			await hashPassword('correct horse', salt),
		);
	});

	test('is the same however a keyboard composes its characters', async () => {
		const stored = await hashPassword('caf\u00e9 du march\u00e9');
		expect(await isPasswordRight(stored, 'cafe\u0301 du marche\u0301')).toBe(true);
	});

	test('of less work than today still opens, and is known for it', async () => {
		expect(await isPasswordRight(CHEAP_HASH, PASSWORD)).toBe(true);
		expect(isHashDated(CHEAP_HASH)).toBe(true);
	});

	test('that nobody has is never right', async () => {
		expect(await isPasswordRight(null, '')).toBe(false);
	});
});

describe('a password that is chosen', () => {
	const refused = (password: string) => decidePassword(password, 'amina.o')?.refusal;

	test.each([
		['nine chars', 'xk3-pq7-z'],
		['one key held down', 'zzzzzzzzzzzzzz'],
		['a row of the keyboard', '1234567890'],
		['the row back', '9876543210'],
		['the alphabet', 'abcdefghijkl'],
		['a word everybody takes', 'qwertyuiop'],
		['one in capitals, with what rules ask for', 'PASSWORD2026!'],
		['the name itself', 'amina.o12345'],
	])('is refused when it is %s', (_, password) => {
		expect(refused(password)).toBe('password-weak');
	});

	test.each(['xk3-pq7-zz', 'four words on paper', 'пароль-которого-нет', '🌊🌋🌌🌍🌎🌏🌐🌑🌒🌔'])(
		'is taken when it is long enough: %s',
		(password) => {
			expect(refused(password)).toBeUndefined();
		},
	);
});
