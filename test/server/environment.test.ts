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

	it.each([
		[{ TOKENLINE_DATABASE: 'mysql://db/shop' }, /TOKENLINE_DATABASE must be a postgres:\/\/ URL/],
		[{ TOKENLINE_MODE: 'test' }, /TOKENLINE_MODE must be demo or live, not "test"/],
		[{ TOKENLINE_MODULE_TIMEOUT_MS: '5s' }, /TOKENLINE_MODULE_TIMEOUT_MS must be a whole number/],
		[{ TOKENLINE_RECOVERY_MS: '0' }, /TOKENLINE_RECOVERY_MS must be a whole number/],
	])('says what is wrong with %j', (environment, sentence) => {
		expect(() => readSettings(environment, process.cwd())).toThrow(sentence);
	});

	it('says what to set when the project is not there', () => {
		const elsewhere = mkdtempSync(join(tmpdir(), 'tokenline-elsewhere-'));
		expect(() => readSettings({}, elsewhere)).toThrow(/set TOKENLINE_ROOT/);
		rmSync(elsewhere, { recursive: true });
	});
});
