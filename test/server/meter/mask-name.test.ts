import { expect, it } from 'vitest';
import { maskName } from '#lib/server/meter/mask-name.ts';

it.each([
	['Achieng Otieno', 'A**** O****'],
	['Bo', 'B****'],
	['  Jan  van der  Berg ', 'J**** v**** d**** B****'],
	['Ömer Å', 'Ö**** Å****'],
	['', ''],
])('masks %j as %j, and does not tell its length', (name, masked) => {
	expect(maskName(name)).toBe(masked);
});
