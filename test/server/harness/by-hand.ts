/** Statements as somebody types them at the database's own prompt, past all of our code. */
import { sql } from 'kysely';
import { openDatabase, type Database } from '#lib/server/database/open.ts';

export interface Hand {
	readonly database: Database;
	/** All of them in one transaction, as a careful hand would. */
	type(...statements: string[]): Promise<void>;
	rows(query: string): Promise<unknown[]>;
	close(): Promise<void>;
}

export function handAt(place: string): Hand {
	const database = openDatabase(place);
	return {
		database,
		async type(...statements) {
			await database.transaction().execute(async (write) => {
				for (const statement of statements) await sql.raw(statement).execute(write);
			});
		},
		async rows(query) {
			return (await sql.raw(query).execute(database)).rows;
		},
		close: () => database.destroy(),
	};
}
