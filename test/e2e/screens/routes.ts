/** Every screen of the app by its route, as its folder spells it: `/purchases/[id]`. */
import { globSync } from 'node:fs';
import { isStaffs } from '#lib/core/sync/audiences.ts';

export function allRoutes(): string[] {
	return globSync('src/routes/**/+page.svelte')
		.map((file) => routeOf(file))
		.sort();
}

function routeOf(file: string): string {
	const folders = file.split('/').slice(2, -1);
	return `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`;
}

/** The route that a path is of; undefined for one that no screen has. */
export function routeFor(path: string, routes: readonly string[]): string | undefined {
	const parts = path.replace(/\/$/, '').split('/');
	return routes
		.filter((route) => {
			const own = route.replace(/\/$/, '').split('/');
			return (
				own.length === parts.length &&
				own.every((part, at) => part.startsWith('[') || part === parts[at])
			);
		})
		.sort((one, other) => one.split('[').length - other.split('[').length)[0];
}

/** Whose a screen is: a consumer comes with whatever phone there is at home, staff with the utility's own. */
export const isConsumers = (route: string): boolean => !isStaffs(route);
