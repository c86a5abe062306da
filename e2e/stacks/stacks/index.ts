import type { TestedStack } from '../stack.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { hono } from './hono.ts'
import { nextjs } from './nextjs.ts'

export const stacks: readonly TestedStack[] = [express, fastify, hono, nextjs]
