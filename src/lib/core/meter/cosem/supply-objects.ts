/** What flows and what lets it flow: registers, disconnect control with its script, limiter. */
import {
	array,
	boolean,
	doubleLongUnsigned,
	enumerated,
	longUnsigned,
	structure,
} from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { scalerUnitData } from '#lib/core/dlms/cosem/scaled.ts';
import { activePowerW, relayOf } from '../supply.ts';
import { type CosemMeter, disconnectRemotely, reconnectRemotely } from './cosem-meter.ts';
import { cosemObject, type CosemObject, type Invoked, type Question } from './cosem-object.ts';
import { attributeData, HIGHEST_U32, nameData, NO_INSTANT } from './cosem-values.ts';
import { integer } from '#lib/core/dlms/axdr/build.ts';

const WATT = 27;
const WATT_HOUR = 30;
const AMPERE = 33;
const VOLT = 35;
const HERTZ = 44;

/** The mains of the virtual meter never falter. */
const VOLTAGE_V = 230;
const FREQUENCY_HZ = 50;

/** A register that shows `value` × 10^scaler of a unit. */
const register = (
	name: string,
	scaler: number,
	unit: number,
	value: (meter: CosemMeter) => Data,
): CosemObject =>
	cosemObject(3, name, {
		2: ({ meter }) => value(meter),
		3: () => scalerUnitData({ scaler, unit }),
	});

/** Energy in Wh as a register of 32 bits shows it; it rolls over. */
export const energyData = (energyWh: number): Data => doubleLongUnsigned(energyWh % 2 ** 32);

const currentCentiamperes = ({ meter }: CosemMeter): number =>
	Math.round((activePowerW(meter.supply) * 100) / VOLTAGE_V);

const isConnected = ({ meter, disconnectedLoadW }: CosemMeter): boolean =>
	disconnectedLoadW === null && relayOf(meter.supply) === 'closed';

const DISCONNECT_CONTROL = '0.0.96.3.10';
const DISCONNECT_SCRIPT = '0.0.10.0.106';
/** Remote and local disconnection, direct reconnection of both kinds: what tokens need. */
const CONTROL_MODE = 7;

const disconnect = ({ meter, instantMs }: Question): Invoked => ({
	meter: disconnectRemotely(meter, instantMs),
});

/** Without credit, or with its cover open, the meter closes for nobody. */
function reconnect({ meter, instantMs }: Question): Invoked {
	if (relayOf(meter.meter.supply) !== 'closed') return { refused: 'temporary-failure' };
	return { meter: reconnectRemotely(meter, instantMs) };
}

const SCRIPTS = [
	{ id: 1, method: 1, run: disconnect },
	{ id: 2, method: 2, run: reconnect },
] as const;

const EXECUTE = 2;

const scriptData = ({ id, method }: (typeof SCRIPTS)[number]): Data =>
	structure(
		longUnsigned(id),
		array(
			structure(
				enumerated(EXECUTE),
				longUnsigned(70),
				nameData(DISCONNECT_CONTROL),
				integer(method),
				integer(0),
			),
		),
	);

function execute(question: Question, parameter: Data | undefined): Invoked {
	if (parameter?.type !== 'long-unsigned') return { refused: 'type-unmatched' };
	const script = SCRIPTS.find(({ id }) => id === parameter.value);
	return script ? script.run(question) : { refused: 'other-reason' };
}

const limitData = ({ meter }: Question): Data =>
	doubleLongUnsigned(meter.meter.supply.powerLimitW ?? HIGHEST_U32);

const actionData = (script: number): Data =>
	structure(nameData(DISCONNECT_SCRIPT), longUnsigned(script));

export const SUPPLY_OBJECTS: readonly CosemObject[] = [
	register('1.0.1.8.0', 0, WATT_HOUR, ({ meter }) => energyData(meter.supply.totalWh)),
	register('1.0.1.7.0', 0, WATT, ({ meter }) => doubleLongUnsigned(activePowerW(meter.supply))),
	register('1.0.32.7.0', -1, VOLT, () => longUnsigned(VOLTAGE_V * 10)),
	register('1.0.31.7.0', -2, AMPERE, (meter) => doubleLongUnsigned(currentCentiamperes(meter))),
	register('1.0.14.7.0', -2, HERTZ, () => longUnsigned(FREQUENCY_HZ * 100)),
	cosemObject(
		70,
		DISCONNECT_CONTROL,
		{
			2: ({ meter }) => boolean(isConnected(meter)),
			3: ({ meter }) => enumerated(isConnected(meter) ? 1 : 0),
			4: () => enumerated(CONTROL_MODE),
		},
		{
			methods: [
				{ index: 1, lowest: 'management', invoke: disconnect },
				{ index: 2, lowest: 'management', invoke: reconnect },
			],
		},
	),
	cosemObject(
		9,
		DISCONNECT_SCRIPT,
		{ 2: () => array(...SCRIPTS.map(scriptData)) },
		{ methods: [{ index: 1, lowest: 'management', invoke: execute }] },
	),
	cosemObject(71, '0.0.17.0.0', {
		2: () => attributeData(3, '1.0.1.7.0', 2),
		3: limitData,
		4: limitData,
		5: () => doubleLongUnsigned(HIGHEST_U32),
		6: () => doubleLongUnsigned(0),
		7: () => doubleLongUnsigned(0),
		8: () => structure(longUnsigned(0), NO_INSTANT, doubleLongUnsigned(0)),
		9: () => array(),
		10: () => boolean(false),
		11: () => structure(actionData(1), actionData(2)),
	}),
];
