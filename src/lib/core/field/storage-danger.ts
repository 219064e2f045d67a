/** Whether what a device keeps is in danger of being thrown away: pure. */

export const STORAGE_DANGERS = [
	'none',
	/** The browser may throw it away when the device has no place left. */
	'not-persisted',
	/** There is hardly any place left for what is still to be written. */
	'nearly-full',
] as const;
export type StorageDanger = (typeof STORAGE_DANGERS)[number];

/** What the browser says of its storage. */
export interface StorageSight {
	readonly persisted: boolean;
	/** Octets, as well as the browser tells; undefined: it does not. */
	readonly usage: number | undefined;
	readonly quota: number | undefined;
}

/** A day of deliveries is a hundredth of it. */
export const LEAST_ROOM_OCTETS = 20 * 1024 * 1024;

/** The worst of it. */
export function judgeStorage({ persisted, usage, quota }: StorageSight): StorageDanger {
	if (usage !== undefined && quota !== undefined && quota - usage < LEAST_ROOM_OCTETS)
		return 'nearly-full';
	return persisted ? 'none' : 'not-persisted';
}
