import type { Stack, StackId } from '../stack.ts'
import { django } from './django.ts'
import { express } from './express.ts'
import { fastify } from './fastify.ts'
import { flask } from './flask.ts'
import { hono } from './hono.ts'
import { nextjs } from './nextjs.ts'
import { nginx } from './nginx.ts'
import { rails } from './rails.ts'

/** All there are, in the order of the chooser. */
export const stacks: readonly Stack[] = [express, nextjs, hono, fastify, django, flask, rails, nginx]

export const stackOf = (id: StackId): Stack | undefined => stacks.find((stack) => stack.id === id)
