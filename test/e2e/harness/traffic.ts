/** What a browser fetches through a gate: each file with the octets of its answer, as they go over the line. */
import { readFileSync } from 'node:fs';
import { AUDIENCE_TABLE, AUDIENCES, type AudienceFiles } from '#lib/core/sync/audiences.ts';
import type { Gate } from './gate.ts';

export interface Fetched {
	readonly path: string;
	readonly octets: number;
	/** `br`, `gzip`; undefined: as it is. */
	readonly packed: string | undefined;
}

export class Traffic {
	fetched: Fetched[] = [];

	/** Notes every answer from now on. */
	static through(gate: Gate): Traffic {
		const traffic = new Traffic();
		gate.onAnswer = ({ path, octets = 0, packed }) => {
			traffic.fetched.push({ path: path.split('?')[0] ?? '', octets, packed });
			return 'pass';
		};
		return traffic;
	}

	get octets(): number {
		return sum(this.fetched);
	}

	/** Scripts of the page; the service worker's own is not one of them. */
	get scripts(): Fetched[] {
		return this.fetched.filter(({ path }) => path.startsWith('/_app/') && path.endsWith('.js'));
	}

	get scriptOctets(): number {
		return sum(this.scripts);
	}
}

const sum = (fetched: readonly Fetched[]): number =>
	fetched.reduce((octets, each) => octets + each.octets, 0);

/** Whose files the build is of. */
export const audienceFiles = (): AudienceFiles =>
	JSON.parse(readFileSync(`build/client/${AUDIENCE_TABLE}`, 'utf8')) as AudienceFiles;

/** Paths that none but staff need. */
export function staffOnly(files = audienceFiles()): Set<string> {
	const consumers = [
		...files.everybody,
		...Object.values(files.languages).flat(),
		...Object.values(files.onUse).flatMap((part) => [
			...part.files,
			...Object.values(part.languages).flat(),
		]),
	];
	const staff = new Set(AUDIENCES.flatMap((audience) => files[audience]));
	for (const name of consumers) staff.delete(name);
	return new Set([...staff].map((name) => `/${name}`));
}
