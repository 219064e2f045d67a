/** Several queries asked at once. */
import type { CompiledQuery } from 'kysely';
import type { Database } from './open.ts';

type Rows<Queries> = {
	[At in keyof Queries]: Queries[At] extends CompiledQuery<infer Row> | null ? Row[] : never;
};

/**
 * Carries queries out in their order, on PostgreSQL with one way there and back, and answers the rows of
 * each. Null stands for one that is not needed. Where one fails, others after it may have been carried out:
 * the transaction is to be given up.
 */
export async function together<const Queries extends readonly (CompiledQuery<unknown> | null)[]>(
	database: Database,
	queries: Queries,
): Promise<Rows<Queries>> {
	const asked = database.getExecutor().provideConnection(async (connection) => {
		const answers = queries.map((query) => query && connection.executeQuery(query));
		return (await Promise.all(answers)).map((answer) => answer?.rows ?? []);
	});
	return (await asked) as Rows<Queries>;
}
