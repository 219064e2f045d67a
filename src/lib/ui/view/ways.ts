/** The ways through the app that a consumer sees on every screen. */
import type { IconName } from './icon-paths.ts';

export interface Way {
	readonly id: 'topUp' | 'purchases' | 'virtualMeter';
	readonly href: string;
	readonly icon: IconName;
	/** First path segments of the screens that belong to it. */
	readonly segments: readonly string[];
}

export const WAYS: readonly Way[] = [
	{ id: 'topUp', href: '/', icon: 'top-up', segments: ['', 'meter'] },
	{ id: 'purchases', href: '/purchases', icon: 'purchases', segments: ['purchases'] },
	{ id: 'virtualMeter', href: '/virtual-meter', icon: 'meter', segments: ['virtual-meter'] },
];

/** The way that a path belongs to, or undefined for a path of none. */
export function currentWay(path: string): Way['id'] | undefined {
	const segment = path.split('/')[1] ?? '';
	return WAYS.find(({ segments }) => segments.includes(segment))?.id;
}
