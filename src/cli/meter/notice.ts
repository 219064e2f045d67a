/** What `npm run meter` tells a person who wants to connect. */
import { formatHex } from '#lib/core/bytes/hex.ts';
import {
	CLIENT_SETUPS,
	type ClientSetup,
	type KeySet,
	TEST_KEY_SETS,
} from '#lib/core/meter/cosem/client-setups.ts';
import type { CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { deviceName, systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import { sampleTokens, TEST_METER } from './test-meter.ts';

function wayOf({ mechanism, context, keySet, secret }: ClientSetup): string {
	const suite = keySet === undefined ? undefined : TEST_KEY_SETS[keySet]?.suite;
	const ciphered = context === 'logical-name-ciphered';
	return [
		mechanism === 'none' ? 'no security' : mechanism,
		ciphered ? `ciphered, suite ${suite}` : 'plain',
		...(secret === undefined ? [] : [`secret ${secret}`]),
	].join(', ');
}

const keyLines = ({ suite, unicastHex, authenticationHex, masterHex }: KeySet): string[] => [
	`  suite ${suite}  encryption (GUEK)  ${unicastHex}`,
	`           authentication     ${authenticationHex}`,
	`           master (KEK)       ${masterHex}`,
];

/** The notice: who the meter is, which clients there are, the public test keys, tokens to try. */
export function noticeOf({ meter }: CosemMeter): string {
	const tokens = meter.drn === TEST_METER.drn ? sampleTokens() : [];
	return [
		`Virtual meter ${meter.drn}, logical device 1 named ${deviceName(meter)}`,
		`System title ${formatHex(systemTitleOf(meter))}`,
		'',
		'Clients (SAP: rights, how to associate)',
		...CLIENT_SETUPS.map(
			(setup) => `  ${String(setup.client).padStart(3)}: ${setup.role.padEnd(10)} ${wayOf(setup)}`,
		),
		'',
		'Keys as the meter was made with: public test constants, they protect nothing',
		...TEST_KEY_SETS.flatMap(keyLines),
		...(tokens.length > 0 ? ['', 'Tokens for the gateway 0.0.19.40.0, each good once'] : []),
		...tokens.map(({ digits, units }) => `  ${digits}  ${(units / 10).toFixed(1)} kWh`),
	].join('\n');
}
