/** What the house allows in the field: the defaults, and the environment variables that change them. */

export interface FieldSettings {
	/** `TOKENLINE_FIELD_DEVICES`: devices that one technician may have at a time. */
	readonly devicesPerOperator: number;
	/** `TOKENLINE_PACK_HOURS`: how long a pack may be used where its job does not say. */
	readonly packHours: number;
	/** `TOKENLINE_PACK_HOURS_MOST`: the longest that a job may say, at most 72. */
	readonly packHoursMost: number;
}

export const DEFAULT_FIELD: FieldSettings = {
	...{ devicesPerOperator: 3, packHours: 12, packHoursMost: 72 },
};

const HOURS_MOST = 72;
const DEVICES_MOST = 20;

/** @throws {Error} with a sentence that names the variable */
export function readFieldSettings(
	environment: Readonly<Record<string, string | undefined>>,
): FieldSettings {
	const { devicesPerOperator, packHours, packHoursMost } = DEFAULT_FIELD;
	const most = readWhole(environment, 'TOKENLINE_PACK_HOURS_MOST', packHoursMost, HOURS_MOST);
	const usual = Math.min(packHours, most);
	return {
		devicesPerOperator: readWhole(
			environment,
			'TOKENLINE_FIELD_DEVICES',
			devicesPerOperator,
			DEVICES_MOST,
		),
		packHours: readWhole(environment, 'TOKENLINE_PACK_HOURS', usual, most),
		packHoursMost: most,
	};
}

function readWhole(
	environment: Readonly<Record<string, string | undefined>>,
	name: string,
	otherwise: number,
	most: number,
): number {
	const text = environment[name];
	if (text === undefined) return otherwise;
	const value = /^[1-9]\d?$/.test(text) ? Number(text) : undefined;
	if (value === undefined || value > most)
		throw new Error(`${name} must be a whole number, 1 to ${most}, not ${JSON.stringify(text)}`);
	return value;
}
