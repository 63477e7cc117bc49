import Fastify from 'fastify'
import pg from 'pg'

/** The least that can read a listing by id over HTTP: the yardstick of `npm run bench:api`. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 })
const app = Fastify()
app.get<{ Params: { id: string } }>('/listings/:id', async (request, reply) => {
  const { rows } = await pool.query('select * from listings where id = $1', [request.params.id])
  return rows[0] ?? reply.code(404).send()
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.on('SIGTERM', () => process.exit(0))
