/** The closed lists of a technician's device and jobs. */

/** `suspended`: its journal has two entries of one number. Only the first state gets packs. */
export const FIELD_DEVICE_STATES = ['active', 'suspended', 'revoked'] as const;
export type FieldDeviceState = (typeof FIELD_DEVICE_STATES)[number];

/** The last two are final. */
export const JOB_STATES = ['open', 'done', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What a technician may do at a meter beside reading its face and handing tokens over. */
export const FIELD_WORK = [
	/** Registers, profiles and logs. */
	'reading',
	'clock',
	'relay',
	/** The meter's key-change set, with the key read before and after. */
	'key-change',
	/** Class 18; jobs of a laboratory only. */
	'firmware',
] as const;
export type FieldWork = (typeof FIELD_WORK)[number];
