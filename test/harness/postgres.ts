/** The tests' own PostgreSQL server. */
export { askPostgres, NO_POSTGRES, PostgresServer } from '../../src/cli/postgres-server.ts';
