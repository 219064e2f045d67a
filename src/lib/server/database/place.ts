/** Where a database is: the path of a SQLite file, or the URL of a PostgreSQL server. */

/** Whether a place is a server that several machines reach, rather than a file. */
export function isServer(place: string): boolean {
	return /^postgres(ql)?:\/\//.test(place);
}
