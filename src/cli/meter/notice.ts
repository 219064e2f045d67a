/** What `npm run meter` tells a person who wants to connect. */
import { formatHex } from '#lib/core/bytes/hex.ts';
import { TOKEN_ENCODINGS } from '#lib/core/dlms/profile/meter-profile.ts';
import {
	CLIENT_SETUPS,
	type ClientSetup,
	type KeySet,
	TEST_KEY_SETS,
} from '#lib/core/meter/cosem/client-setups.ts';
import type { CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import { deviceName, systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import { isTestMeter, sampleTokens } from './test-meter.ts';

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

/** What is out of the ordinary: debts, a gateway of its own, planted faults. */
function particulars({ meter, gateway: { settings } }: CosemMeter): string[] {
	const { supply, charge, plants } = meter;
	const { processingMs, showsProgress, returnsStatus, encodings } = settings;
	return [
		...(supply.emergency ? [`Emergency credit ${supply.emergency.presetWh} Wh`] : []),
		...(charge ? [`Debt ${charge.remainingWh} Wh`] : []),
		...(processingMs > 0
			? [
					`A token waits ${processingMs / 1000} s${showsProgress ? ', and tells how far it has come' : ''}`,
				]
			: []),
		...(returnsStatus ? [] : ['enter returns nothing']),
		...(encodings.length < TOKEN_ENCODINGS.length ? [`enter takes ${encodings.join(', ')}`] : []),
		...(plants.length > 0 ? [`PLANTED FAULTS: ${plants.join(', ')}`] : []),
	];
}

/** The notice: who the meter is, which clients there are, the public test keys, tokens to try. */
export function noticeOf(value: CosemMeter): string {
	const { meter } = value;
	const { ea } = meter.decoder.keyRegister;
	const tokens = isTestMeter(meter) && meter.supply.prepaid ? sampleTokens(ea) : [];
	return [
		`Virtual meter ${meter.drn}, logical device 1 named ${deviceName(meter)}`,
		`Make ${meter.preset}, EA${String(ea).padStart(2, '0')}`,
		`System title ${formatHex(systemTitleOf(meter))}`,
		...particulars(value),
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
