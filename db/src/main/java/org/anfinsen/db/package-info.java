/**
 * PostgreSQL behind the store of predictions. In: a {@code DataSource}. Out: the store and the signals that
 * {@code pipeline.job} declares. Start at {@code JdbcPredictionStore}; the tables are in
 * {@code db/migration/V1__predictions.sql}.
 */
@NullMarked
package org.anfinsen.db;

import org.jspecify.annotations.NullMarked;
