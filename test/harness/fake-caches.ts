/** A browser's caches in memory, as far as our service worker uses them; answers are copied as a browser does. */
export function fakeCaches(): CacheStorage {
	const all = new Map<string, Map<string, Response>>();
	const addressOf = (request: RequestInfo | URL): string =>
		new Request(
			typeof request === 'string' && request.startsWith('/')
				? `https://notes.test${request}`
				: request,
		).url;
	const open = (name: string): Partial<Cache> => {
		const entries = all.get(name) ?? new Map<string, Response>();
		all.set(name, entries);
		return {
			match: async (request) => entries.get(addressOf(request))?.clone(),
			put: async (request, response) => void entries.set(addressOf(request), response.clone()),
			keys: async () => [...entries.keys()].map((url) => new Request(url)),
		};
	};
	return {
		open: async (name: string) => open(name) as Cache,
		keys: async () => [...all.keys()],
		has: async (name: string) => all.has(name),
		delete: async (name: string) => all.delete(name),
		match: async (request: RequestInfo | URL) => {
			for (const entries of all.values()) {
				const found = entries.get(addressOf(request));
				if (found) return found.clone();
			}
			return undefined;
		},
	} as CacheStorage;
}
