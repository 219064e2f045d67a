/**
 * What flows, as registers (IEC 62056-6-2, class 3): energy, power, voltage, current, frequency, power
 * factor. Energy whose current is reversed is registered as drawn, as prepayment meters do; the registers
 * of the other direction tell how much of it that was.
 */
import { doubleLongUnsigned, longUnsigned } from '#lib/core/dlms/axdr/build.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { scalerUnitData } from '#lib/core/dlms/cosem/scaled.ts';
import { reactivePowerVar } from '../energy.ts';
import { currentsCa, frequencyChz, neutralCa, voltageDv } from '../mains.ts';
import { activePowerW, phasePowersW, type Supply } from '../supply.ts';
import { unbalanceW } from '../trips.ts';
import { cosemObject, type CosemObject, type Presence, type Question } from './cosem-object.ts';
import { isThreePhase } from './presence.ts';

export const WATT = 27;
const VAR = 29;
const WATT_HOUR = 30;
const VAR_HOUR = 32;
const AMPERE = 33;
const VOLT = 35;
const HERTZ = 44;
const WITHOUT_UNIT = 255;

/** A register that shows `value` × 10^scaler of a unit. */
export const register = (
	name: string,
	scaler: number,
	unit: number,
	value: (question: Question) => Data,
	presentIn?: Presence,
): CosemObject =>
	cosemObject(3, name, { 2: value, 3: () => scalerUnitData({ scaler, unit }) }, { presentIn });

/** Energy in Wh as a register of 32 bits shows it; it rolls over. */
export const energyData = (energyWh: number): Data => doubleLongUnsigned(energyWh % 2 ** 32);

const supplyOf = ({ meter }: Question): Supply => meter.meter.supply;

const energy = (name: string, unit: number, valueOf: (supply: Supply) => number): CosemObject =>
	register(name, 0, unit, (question) => energyData(valueOf(supplyOf(question))));

/** An active energy register in watt-hours. */
export const activeEnergy = (
	name: string,
	valueOf: (question: Question) => number,
	presentIn: Presence,
): CosemObject =>
	register(name, 0, WATT_HOUR, (question) => energyData(valueOf(question)), presentIn);

const power = (name: string, unit: number, valueOf: (supply: Supply) => number): CosemObject =>
	register(name, 0, unit, (question) => doubleLongUnsigned(valueOf(supplyOf(question))));

const currents = ({ meter, instantMs }: Question): readonly number[] =>
	currentsCa(meter.meter.supply, meter.meter.mains, instantMs);

/** Group C of what is measured on L1, L2, L3: one twenty higher from phase to phase. */
const phaseRegisters = (phase: number): CosemObject[] => {
	const presentIn = phase > 1 ? isThreePhase : undefined;
	const group = (first: number): string => `1.0.${first + (phase - 1) * 20}.7.0`;
	return [
		register(
			group(32),
			-1,
			VOLT,
			({ meter, instantMs }) => longUnsigned(voltageDv(meter.meter.mains, phase, instantMs)),
			presentIn,
		),
		register(
			group(31),
			-2,
			AMPERE,
			(question) => doubleLongUnsigned(currents(question)[phase - 1] ?? 0),
			presentIn,
		),
		register(
			group(21),
			0,
			WATT,
			(question) => doubleLongUnsigned(phasePowersW(supplyOf(question))[phase - 1] ?? 0),
			isThreePhase,
		),
	];
};

/** What the phases differ by: the maker's own, since the standard has no name for it. */
export const UNBALANCE = '1.0.128.7.0';

export const REGISTER_OBJECTS: readonly CosemObject[] = [
	energy('1.0.1.8.0', WATT_HOUR, ({ totalWh }) => totalWh),
	energy('1.0.2.8.0', WATT_HOUR, ({ reversedEnergy }) => reversedEnergy.units),
	energy('1.0.3.8.0', VAR_HOUR, ({ reactive }) => reactive.units),
	power('1.0.1.7.0', WATT, activePowerW),
	power('1.0.2.7.0', WATT, (supply) => (supply.reversed ? activePowerW(supply) : 0)),
	power('1.0.3.7.0', VAR, (supply) => reactivePowerVar(activePowerW(supply), supply.powerFactor)),
	...[1, 2, 3].flatMap(phaseRegisters),
	register(
		'1.0.91.7.0',
		-2,
		AMPERE,
		(question) => doubleLongUnsigned(neutralCa(currents(question))),
		isThreePhase,
	),
	register(
		UNBALANCE,
		0,
		WATT,
		(question) => doubleLongUnsigned(unbalanceW(phasePowersW(supplyOf(question)))),
		isThreePhase,
	),
	register('1.0.13.7.0', -3, WITHOUT_UNIT, (question) =>
		longUnsigned(supplyOf(question).powerFactor),
	),
	register('1.0.14.7.0', -2, HERTZ, ({ instantMs }) => longUnsigned(frequencyChz(instantMs))),
];
