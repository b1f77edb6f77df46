"""The two roles and their database: one role owns and migrates, the site and its workers are the other."""

from psycopg2 import sql

from mystory.database.addresses import DATABASE, OWNER, SITE
from mystory.database.cluster import Cluster


def lay_out_roles(cluster: Cluster) -> None:
    """Roles belong to the cluster, so this is also what a throw-away cluster needs; neither is a superuser."""
    there = cluster.connect()
    with there.cursor() as cursor:
        for role in (OWNER, SITE):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    there.close()


def lay_out_database(cluster: Cluster) -> None:
    there = cluster.connect()
    names = {
        "database": sql.Identifier(DATABASE),
        "owner": sql.Identifier(OWNER),
        "site": sql.Identifier(SITE),
    }
    with there.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {database} FROM PUBLIC").format(**names))
            cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {database} TO {site}").format(**names))
    there.close()
