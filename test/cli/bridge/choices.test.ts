import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BRIDGE_PROTOCOL } from '#lib/link/bridge-words.ts';
import { eightN1, sevenE1 } from '#lib/link/line.ts';
import {
	decideAdmission,
	isBearer,
	isLoopback,
	MAX_CONNECTIONS,
	USUAL_ORIGINS,
} from '../../../src/cli/bridge/admission.ts';
import { bearerOfFile, newBearer, wantedBearer } from '../../../src/cli/bridge/bearer.ts';
import { parseBridgeChoices } from '../../../src/cli/bridge/choices.ts';
import { sttyWords, whySttyFailed } from '../../../src/cli/bridge/stty.ts';
import { describeAllowed, parseAllowed, portOf } from '../../../src/cli/bridge/targets.ts';

describe('what a bridge is allowed to lead to', () => {
	it.each([
		[
			'tcp:127.0.0.1:4059',
			{ name: 'meter-1', kind: 'tcp', place: { host: '127.0.0.1', port: 4059 } },
		],
		['tcp:[::1]:4059', { name: 'meter-1', kind: 'tcp', place: { host: '::1', port: 4059 } }],
		[
			'roof=tcp:meter.example:1',
			{ name: 'roof', kind: 'tcp', place: { host: 'meter.example', port: 1 } },
		],
		['serial:/dev/ttyUSB0', { name: 'meter-1', kind: 'serial', path: '/dev/ttyUSB0' }],
		[
			'cellar=serial:/dev/serial/by-id/a=b',
			{ name: 'cellar', kind: 'serial', path: '/dev/serial/by-id/a=b' },
		],
	])('understands %s', (text, allowed) => {
		expect(parseAllowed(text, 1)).toEqual(allowed);
	});

	it.each([
		'tcp:127.0.0.1',
		'tcp:127.0.0.1:0',
		'tcp:127.0.0.1:65536',
		'tcp:[127.0.0.1]:1',
		'tcp::1:1',
		'serial:ttyUSB0',
		'http://127.0.0.1',
		'a b=tcp:h:1',
		`${'n'.repeat(41)}=tcp:h:1`,
	])('refuses %s with a sentence', (text) => {
		expect(() => parseAllowed(text, 1)).toThrow(/allow|name/);
	});

	it('tells whoever started it where each leads, and makes a port of it', () => {
		const serial = parseAllowed('cellar=serial:/dev/ttyUSB0', 1);
		const tcp = parseAllowed('tcp:h:1', 2);
		expect([serial, tcp].map(describeAllowed)).toEqual([
			'cellar: serial port /dev/ttyUSB0',
			'meter-2: TCP h port 1',
		]);
		expect([serial, tcp].map(portOf).map(({ label, medium }) => [label.name, medium])).toEqual([
			['cellar', 'serial'],
			['meter-2', 'stream'],
		]);
	});
});

describe('the command line of a bridge', () => {
	it('is bound to this machine and to the app unless told otherwise', () => {
		expect(parseBridgeChoices(['--allow', 'tcp:h:1', '--allow', 'serial:/dev/a'])).toEqual({
			allowed: [
				{ name: 'meter-1', kind: 'tcp', place: { host: 'h', port: 1 } },
				{ name: 'meter-2', kind: 'serial', path: '/dev/a' },
			],
			port: 4190,
			host: '127.0.0.1',
			origins: USUAL_ORIGINS,
			bearerFile: undefined,
			tlsFiles: undefined,
		});
	});

	it('asks for help where nothing is allowed', () => {
		expect(parseBridgeChoices([])).toBeUndefined();
		expect(parseBridgeChoices(['--help', '--allow', 'tcp:h:1'])).toBeUndefined();
	});

	it.each([
		[['--allow', 'tcp:h:1', '--port', '70000'], /--port/],
		[['--allow', 'a=tcp:h:1', '--allow', 'a=tcp:h:2'], /two targets are called a/],
		[['--allow', 'tcp:h:1', '--origin', 'https://a.example/page'], /--origin/],
		[['--allow', 'tcp:h:1', '--origin', 'everybody'], /--origin/],
		[['--allow', 'tcp:h:1', '--tls-cert', 'c.pem'], /go together/],
		[['--allow', 'tcp:h:1', '--what'], /what/],
	])('refuses %j with a sentence', (words, sentence) => {
		expect(() => parseBridgeChoices(words)).toThrow(sentence);
	});
});

describe('who may speak to a bridge', () => {
	const knock = { origin: 'http://localhost:4180', protocols: BRIDGE_PROTOCOL, open: 0 };
	it.each([
		['the app', {}, 'welcome'],
		['the app, with other protocols beside', { protocols: `x, ${BRIDGE_PROTOCOL}` }, 'welcome'],
		['a page of another origin', { origin: 'https://evil.example' }, 403],
		['a page of another port', { origin: 'http://localhost:4181' }, 403],
		['the app by HTTPS', { origin: 'https://localhost:4180' }, 403],
		['nobody', { origin: undefined }, 403],
		['a sandboxed page', { origin: 'null' }, 403],
		['another protocol', { protocols: 'chat' }, 400],
		['no protocol', { protocols: undefined }, 400],
		['one too many', { open: MAX_CONNECTIONS }, 503],
		['a foreign page, before anything else', { origin: 'x', protocols: 'x', open: 99 }, 403],
	])('%s', (_name, change, admission) => {
		expect(decideAdmission({ ...knock, ...change }, USUAL_ORIGINS)).toBe(admission);
	});

	it('knows its bearer', () => {
		const bearer = newBearer();
		expect(bearer).toHaveLength(43);
		expect(newBearer()).not.toBe(bearer);
		expect(isBearer(bearer, bearer)).toBe(true);
		expect(isBearer(`${bearer}x`, bearer)).toBe(false);
		expect(isBearer('', bearer)).toBe(false);
		expect(isBearer(undefined, bearer)).toBe(false);
		expect(isBearer(undefined, undefined)).toBe(true);
		expect(isBearer('anything', undefined)).toBe(true);
	});

	it('wants one beyond this machine, whatever is asked for', () => {
		expect(wantedBearer('127.0.0.1', undefined)).toBeUndefined();
		expect(wantedBearer('0.0.0.0', undefined)).toHaveLength(43);
	});

	it('keeps it in a file for its owner only', () => {
		const folder = mkdtempSync(join(tmpdir(), 'tokenline-bridge-'));
		const path = join(folder, 'bearer');
		const made = bearerOfFile(path);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(bearerOfFile(path)).toBe(made);
		expect(readFileSync(path, 'utf8')).toBe(`${made}\n`);
		expect(wantedBearer('127.0.0.1', path)).toBe(made);
		writeFileSync(path, 'short');
		expect(() => bearerOfFile(path)).toThrow(/less than 20/);
		rmSync(folder, { recursive: true });
		expect(existsSync(path)).toBe(false);
	});

	it.each([
		['127.0.0.1', true],
		['127.8.8.8', true],
		['localhost', true],
		['::1', true],
		['0.0.0.0', false],
		['::', false],
		['192.168.1.5', false],
		['127.evil.example', false],
	])('takes %s for this machine: %s', (host, loopback) => {
		expect(isLoopback(host)).toBe(loopback);
	});
});

describe('setting a terminal', () => {
	it('says rate and form, and leaves the probe its power', () => {
		const words = sttyWords(sevenE1(300), false);
		expect(words).toEqual(expect.arrayContaining(['raw', '-echo', 'clocal', '-hupcl']));
		expect(words.slice(-5)).toEqual(['300', 'cs7', '-cstopb', 'parenb', '-parodd']);
		expect(sttyWords(eightN1(9600), false).slice(-4)).toEqual([
			'9600',
			'cs8',
			'-cstopb',
			'-parenb',
		]);
		const odd = sttyWords({ baud: 300, dataBits: 7, parity: 'odd' }, false);
		expect(odd.slice(-2)).toEqual(['parenb', 'parodd']);
	});

	it('gives a pty no form, because it has none', () => {
		expect(sttyWords(sevenE1(300), true).at(-1)).toBe('300');
	});

	it.each([
		['stty: /dev/ttyUSB0: No such file or directory', 'unplugged'],
		['stty: /dev/ttyUSB0: Input/output error', 'unplugged'],
		["stty: 'standard input': Inappropriate ioctl for device", 'unplugged'],
		["stty: invalid argument '12345'", 'settings-refused'],
		['stty: /dev/ttyUSB0: unable to perform all requested operations', 'settings-refused'],
	])('takes "%s" for %s', (complaint, kind) => {
		expect(whySttyFailed(complaint)).toBe(kind);
	});
});
