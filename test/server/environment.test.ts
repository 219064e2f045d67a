import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '#lib/server/environment.ts';

describe('readSettings', () => {
	it('finds the project from any folder of it, and keeps its state in var', () => {
		const settings = readSettings({}, join(process.cwd(), 'src/lib'));
		expect(settings).toMatchObject({
			root: process.cwd(),
			home: join(process.cwd(), 'var'),
			mode: 'demo',
		});
	});

	it('takes what it is told', () => {
		const settings = readSettings(
			{ TOKENLINE_ROOT: '/srv/app', TOKENLINE_HOME: '/srv/state', TOKENLINE_MODE: 'live' },
			'/',
		);
		expect(settings).toMatchObject({ root: '/srv/app', home: '/srv/state', mode: 'live' });
		expect(settings.database).toBe('/srv/state/tokenline.db');
	});

	it('takes another database than the home’s own', () => {
		const database = (text: string) =>
			readSettings({ TOKENLINE_ROOT: '/srv/app', TOKENLINE_DATABASE: text }, '/').database;
		expect(database('postgres://till@db.example/shop')).toBe('postgres://till@db.example/shop');
		expect(database('books/till.db')).toBe('/srv/app/books/till.db');
	});

	it('takes the address of a hardware module, and where the file of its registers is', () => {
		const hsm = (environment: object) =>
			readSettings(
				{ TOKENLINE_ROOT: '/srv/app', TOKENLINE_HOME: '/srv/state', ...environment },
				'/',
			).hsm;
		expect(hsm({})).toBeUndefined();
		expect(hsm({ TOKENLINE_HSM: 'tcp://hsm.example:5000' })).toEqual({
			...{ host: 'hsm.example', port: 5000 },
			registersFile: '/srv/state/security-module/hsm-registers.json',
		});
		expect(
			hsm({ TOKENLINE_HSM: 'tcp://[fd00::7]:5000/', TOKENLINE_HSM_REGISTERS: 'hsm.json' }),
		).toEqual({ host: 'fd00::7', port: 5000, registersFile: '/srv/app/hsm.json' });
	});

	it.each([
		[{ TOKENLINE_DATABASE: 'mysql://db/shop' }, /TOKENLINE_DATABASE must be a postgres:\/\/ URL/],
		[{ TOKENLINE_MODE: 'test' }, /TOKENLINE_MODE must be demo or live, not "test"/],
		[{ TOKENLINE_MODULE_TIMEOUT_MS: '5s' }, /TOKENLINE_MODULE_TIMEOUT_MS must be a whole number/],
		[{ TOKENLINE_MODULE_START_MS: '-1' }, /TOKENLINE_MODULE_START_MS must be a whole number/],
		[{ TOKENLINE_RECOVERY_MS: '0' }, /TOKENLINE_RECOVERY_MS must be a whole number/],
	])('says what is wrong with %j', (environment, sentence) => {
		expect(() => readSettings(environment, process.cwd())).toThrow(sentence);
	});

	it.each(['hsm.example:5000', 'http://hsm:5000', 'tcp://hsm', 'tcp://hsm:0', 'tcp://hsm:65536'])(
		'says that %s is not the address of a hardware module',
		(address) => {
			expect(() => readSettings({ TOKENLINE_HSM: address }, process.cwd())).toThrow(
				/TOKENLINE_HSM must be tcp:\/\/host:port/,
			);
		},
	);

	it('says what to set when the project is not there', () => {
		const elsewhere = mkdtempSync(join(tmpdir(), 'tokenline-elsewhere-'));
		expect(() => readSettings({}, elsewhere)).toThrow(/set TOKENLINE_ROOT/);
		rmSync(elsewhere, { recursive: true });
	});
});
