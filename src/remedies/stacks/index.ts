import type { Stack, StackId } from '../stack.ts'
import { apache } from './apache.ts'
import { aspnet } from './aspnet.ts'
import { authjs } from './authjs.ts'
import { caddy } from './caddy.ts'
import { cloudflare } from './cloudflare.ts'
import { django } from './django.ts'
import { express } from './express.ts'
import { fastapi } from './fastapi.ts'
import { fastify } from './fastify.ts'
import { flask } from './flask.ts'
import { go } from './go.ts'
import { gunicorn } from './gunicorn.ts'
import { hono } from './hono.ts'
import { laravel } from './laravel.ts'
import { nestjs } from './nestjs.ts'
import { nextjs } from './nextjs.ts'
import { nginx } from './nginx.ts'
import { php } from './php.ts'
import { rails } from './rails.ts'
import { spring } from './spring.ts'
import { supabase } from './supabase.ts'
import { symfony } from './symfony.ts'
import { traefik } from './traefik.ts'
import { uvicorn } from './uvicorn.ts'

/** A stack that is not among these does not compile. */
const byId: { readonly [Id in StackId]: Stack } = {
  express,
  nextjs,
  authjs,
  hono,
  fastify,
  nestjs,
  supabase,
  django,
  flask,
  fastapi,
  rails,
  laravel,
  symfony,
  php,
  spring,
  aspnet,
  go,
  nginx,
  apache,
  caddy,
  traefik,
  cloudflare,
  gunicorn,
  uvicorn,
}

/** All there are, in the order of the chooser. */
export const stacks: readonly Stack[] = Object.values(byId)

export const stackOf = (id: StackId): Stack => byId[id]
