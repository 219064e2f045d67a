import { expect, it } from 'vitest';
import { parseBridgeAddress } from '#lib/browser/bridge/bridge-address.ts';

it.each([
	['localhost', 'ws://localhost:4190/'],
	[' 192.168.1.5 ', 'ws://192.168.1.5:4190/'],
	['192.168.1.5:4191', 'ws://192.168.1.5:4191/'],
	['[::1]:4191', 'ws://[::1]:4191/'],
	['ws://cellar', 'ws://cellar:4190/'],
	['http://cellar:80/', 'ws://cellar/'],
	['https://bridge.example', 'wss://bridge.example/'],
	['WSS://bridge.example/meters', 'wss://bridge.example/meters'],
])('takes %s for %s', (text, address) => {
	expect(parseBridgeAddress(text)).toBe(address);
});

it.each([
	'',
	'   ',
	'ftp://cellar',
	'two words',
	'ws://name:secret@cellar',
	'cellar?x',
	'cellar#x',
	':4190',
])('takes %s for no address', (text) => {
	expect(parseBridgeAddress(text)).toBeUndefined();
});
